import { IconBuilding, IconListNumbers } from '@tabler/icons-react'
import { defineView, type View } from '../shell/view.ts'

/** In the order of the navigation. To add one: a folder here with a page as its default export, and an entry. */
export const VIEWS: readonly View[] = [
  defineView(
    { name: 'Queue', path: '/', navigation: { icon: IconListNumbers, shortcut: 'q' } },
    () => import('./queue/queue-page.tsx'),
  ),
  defineView({ name: 'Lead', path: '/leads/:id' }, () => import('./lead/lead-page.tsx')),
  defineView(
    { name: 'Accounts', path: '/accounts', navigation: { icon: IconBuilding, shortcut: 'a' } },
    () => import('./account/accounts-page.tsx'),
  ),
  defineView({ name: 'Account', path: '/accounts/:id' }, () => import('./account/account-page.tsx')),
]
