import { Button, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useConnection } from '../api/connection.ts'
import { NoAnswer } from '../api/problem.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { LoadingState } from '../components/loading-state.tsx'
import { type LoadPage, loadPage, OutdatedTab } from './load-page.ts'

interface Props {
  readonly name: string
  readonly path: string
  readonly load: LoadPage
}

/**
 * A view whose file is loaded when it is opened first. Not `React.lazy`: that keeps a failure for good. As a query it is tried again by
 * hand, when the view is opened again, and with all others as soon as a server that was gone answers.
 */
export function ViewPage({ name, path, load }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ['view', path],
    queryFn: () => loadPage(load),
    staleTime: 'static',
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
    structuralSharing: false,
    meta: { isFile: true },
  })
  const isLost = useConnection().lostSince !== null
  const isWaiting = error instanceof NoAnswer
  // Whoever asked first may have found that the server is back.
  useEffect(() => {
    if (!isLost && isWaiting) void refetch()
  }, [isLost, isWaiting, refetch])
  if (data) {
    const { default: Page } = data
    return <Page />
  }
  return (
    <>
      <VisuallyHidden component="h1">{name}</VisuallyHidden>
      {error instanceof OutdatedTab ? (
        <OutdatedState />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <LoadingState what="the view" />
      )}
    </>
  )
}

function OutdatedState() {
  return (
    <EmptyState
      title="Wonlost was updated"
      action={<Button onClick={() => location.reload()}>Reload</Button>}
    >
      This tab still shows the version before, and the server no longer has the files of that. Reload to go on
      here with the new one.
    </EmptyState>
  )
}
