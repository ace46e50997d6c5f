import { Text } from '../../components/text.tsx'
import type { SegmentModel } from './segment-model.ts'

export function ModelTitle({ model: { name, segment } }: { readonly model: SegmentModel }) {
  return (
    <>
      <Text>{name}</Text>
      {segment !== null && (
        <>
          {' for '}
          <Text>{segment}</Text>
        </>
      )}
    </>
  )
}
