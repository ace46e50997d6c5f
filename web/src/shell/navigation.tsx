import { NavLink } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { VIEWS } from '../views/index.ts'
import { useShortcuts } from './shortcuts.tsx'

export function Navigation() {
  const [location, go] = useLocation()
  const shown = VIEWS.flatMap(({ name, path, navigation }) =>
    navigation ? [{ name, path, ...navigation }] : [],
  )
  useShortcuts(
    'Views',
    shown.map(({ name, path, shortcut }) => ({
      keys: `g ${shortcut}`,
      does: `opens ${name}`,
      run: () => go(path),
    })),
  )
  return shown.map(({ name, path, icon: Icon }) => {
    const isHere = path === '/' ? location === '/' : location.startsWith(path)
    return (
      <NavLink
        key={path}
        component={Link}
        href={path}
        label={name}
        leftSection={<Icon size={18} aria-hidden="true" />}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        variant="light"
        color="indigo"
      />
    )
  })
}
