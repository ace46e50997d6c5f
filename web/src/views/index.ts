import { IconAdjustments, IconChartScatter, IconListNumbers, IconShieldCheck } from '@tabler/icons-react'
import { defineView, type View } from '../shell/view.ts'

/** In the order of the navigation. To add one: a folder here with a page as its default export, and an entry. */
export const VIEWS: readonly View[] = [
  defineView(
    { name: 'Queue', path: '/', navigation: { icon: IconListNumbers, shortcut: 'q' } },
    () => import('./queue/queue-page.tsx'),
  ),
  defineView(
    { name: 'Grid', path: '/grid', navigation: { icon: IconChartScatter, shortcut: 'd' } },
    () => import('./grid/grid-page.tsx'),
  ),
  defineView(
    { name: 'Thresholds', path: '/thresholds', navigation: { icon: IconAdjustments, shortcut: 't' } },
    () => import('./thresholds/thresholds-page.tsx'),
  ),
  defineView(
    { name: 'Guardrails', path: '/guardrails', navigation: { icon: IconShieldCheck, shortcut: 'r' } },
    () => import('./guardrails/guardrails-page.tsx'),
  ),
]
