import { Center, Loader } from '@mantine/core'
import { useSession, whoOf } from '../api/session.ts'
import { ErrorState } from '../components/error-state.tsx'
import { Frame } from './frame.tsx'
import { ShortcutProvider } from './shortcuts.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** Whoever is signed in sees the views; everybody else signs in first, at the same address. */
export function App() {
  const session = useSession()
  if (session.data?.signed_in)
    return (
      // Begun anew for somebody else: no view keeps what it has read or been told.
      <ShortcutProvider key={whoOf(session.data)}>
        <Frame session={session.data} />
      </ShortcutProvider>
    )
  if (session.data) return <SignInPage ways={session.data.sign_in} />
  return (
    <Center component="main" h="100%" p="md">
      {session.isError ? (
        <ErrorState error={session.error} retry={() => void session.refetch()} />
      ) : (
        <Loader aria-label="Loading Wonlost" />
      )}
    </Center>
  )
}
