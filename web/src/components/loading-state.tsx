import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'

const ROWS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

/** While a view waits for its first answer. */
export function LoadingState({ what }: { readonly what: string }) {
  return (
    <Stack gap="sm" aria-busy="true">
      <VisuallyHidden role="status">Loading {what}.</VisuallyHidden>
      {ROWS.map((row) => (
        <Skeleton key={row} height={44} />
      ))}
    </Stack>
  )
}
