/** Overrules the verdict of a lead, or lets the rules hold again. */

import { OverrideDialog } from './override-dialog.tsx'
import type { Verdict } from './subject-answers.ts'
import { useLeadActions } from './use-lead-actions.ts'

interface Props {
  readonly leadId: string
  readonly verdict: Verdict
  readonly onDone: (words: string) => void
  readonly onClose: () => void
}

export function Overruling({ leadId, verdict, onDone, onClose }: Props) {
  const { override, clear } = useLeadActions(leadId)
  const end = (words: string): void => {
    onDone(words)
    onClose()
  }
  return (
    <OverrideDialog
      verdict={verdict}
      isRunning={override.isPending || clear.isPending}
      error={override.error ?? clear.error}
      onSave={(given) => override.mutate(given, { onSuccess: () => end(`Overruled: ${given.status}.`) })}
      onClear={() => clear.mutate(undefined, { onSuccess: () => end('The rules hold again.') })}
      onClose={onClose}
    />
  )
}
