import { IconChartDots3, IconHeartbeat, IconListNumbers } from '@tabler/icons-react'
import { defineView, type View } from '../shell/view.ts'

/** In the order of the navigation. To add one: a folder here with a page as its default export, and an entry. */
export const VIEWS: readonly View[] = [
  defineView(
    { name: 'Queue', path: '/', navigation: { icon: IconListNumbers, shortcut: 'q' } },
    () => import('./queue/queue-page.tsx'),
  ),
  defineView(
    { name: 'Models', path: '/models', navigation: { icon: IconChartDots3, shortcut: 'm' } },
    () => import('./models/models-page.tsx'),
  ),
  defineView({ name: 'Model', path: '/models/:name' }, () => import('./models/model-page.tsx')),
  defineView(
    { name: 'Health', path: '/health', navigation: { icon: IconHeartbeat, shortcut: 'h' } },
    () => import('./health/health-page.tsx'),
  ),
]
