import {
  IconAdjustments,
  IconBuilding,
  IconChartDots3,
  IconChartScatter,
  IconHeartbeat,
  IconListNumbers,
  IconShieldCheck,
} from '@tabler/icons-react'
import { defineView, type View } from '../shell/view.tsx'

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
  defineView({ name: 'Lead', path: '/leads/:id' }, () => import('./lead/lead-page.tsx')),
  defineView(
    { name: 'Accounts', path: '/accounts', navigation: { icon: IconBuilding, shortcut: 'a' } },
    () => import('./account/accounts-page.tsx'),
  ),
  defineView({ name: 'Account', path: '/accounts/:id' }, () => import('./account/account-page.tsx')),
  defineView(
    { name: 'Models', path: '/models', navigation: { icon: IconChartDots3, shortcut: 'm' } },
    () => import('./models/models-page.tsx'),
  ),
  defineView({ name: 'Model', path: '/models/:name' }, () => import('./models/model-page.tsx')),
  defineView(
    { name: 'Thresholds', path: '/thresholds', navigation: { icon: IconAdjustments, shortcut: 't' } },
    () => import('./thresholds/thresholds-page.tsx'),
  ),
  defineView(
    { name: 'Guardrails', path: '/guardrails', navigation: { icon: IconShieldCheck, shortcut: 'r' } },
    () => import('./guardrails/guardrails-page.tsx'),
  ),
  defineView(
    { name: 'Health', path: '/health', navigation: { icon: IconHeartbeat, shortcut: 'h' } },
    () => import('./health/health-page.tsx'),
  ),
]
