import { AppShell, Burger, Group, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import type { Session } from '../api/session.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorBoundary } from '../components/error-boundary.tsx'
import { VIEWS } from '../views/index.ts'
import { Brand } from './brand.tsx'
import { ColourSchemeButton } from './colour-scheme-button.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { Navigation } from './navigation.tsx'
import { SessionMenu } from './session-menu.tsx'
import { useTopOfPage } from './use-top-of-page.ts'

/** What stands around every view. */
export function Frame({ session }: { readonly session: Session }) {
  const [isOpen, { toggle, close }] = useDisclosure()
  const [location] = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed by each change of the address.
  useEffect(close, [location])
  useTopOfPage(location)
  return (
    <>
      <a className="skip-link" href="#view">
        Skip to the view
      </a>
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: 190, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={{ base: 'xs', sm: 'md' }}
      >
        <AppShell.Header px="md">
          <Group h="100%" justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <Burger
                opened={isOpen}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
                aria-expanded={isOpen}
              />
              <Link href="/" className="brand">
                <Brand />
              </Link>
            </Group>
            <Group gap="xs" wrap="nowrap">
              <KeyboardHelp />
              <ColourSchemeButton />
              <SessionMenu session={session} />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" component="nav" aria-label="Views" data-opened={isOpen}>
          <Navigation />
        </AppShell.Navbar>
        <AppShell.Main id="view" tabIndex={-1} h="100dvh">
          <ConnectionBanner />
          <ErrorBoundary key={location}>
            <Switch>
              {VIEWS.map(({ path, page }) => (
                <Route key={path} path={path} component={page} />
              ))}
              <Route>
                <VisuallyHidden component="h1">No view</VisuallyHidden>
                <EmptyState title="Nothing is at this address">
                  It may have been mistyped, or belong to a newer version.
                </EmptyState>
              </Route>
            </Switch>
          </ErrorBoundary>
        </AppShell.Main>
      </AppShell>
    </>
  )
}
