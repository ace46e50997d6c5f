import type { Icon } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { LoadPage } from './load-page.ts'
import { ViewPage } from './view-page.tsx'

export interface View {
  readonly name: string
  /** As wouter reads it: `/leads/:id`. A page takes what it is about from `usePathId`. */
  readonly path: string
  readonly page: ComponentType
  /** Of the navigation; views without one are reached from others. */
  readonly navigation?: {
    readonly icon: Icon
    /** Pressed after `g`. */
    readonly shortcut: string
  }
}

/** Each view is loaded when it is opened first. */
export function defineView(view: Omit<View, 'page'>, load: LoadPage): View {
  return { ...view, page: () => <ViewPage name={view.name} path={view.path} load={load} /> }
}
