import { Button, Stack } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { useId, useRef } from 'react'
import { isPassing } from '../../api/problem.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Proposal } from '../../components/proposal.tsx'
import { ScopeNotice, useScope } from '../../components/scope-notice.tsx'
import { Text } from '../../components/text.tsx'
import { faultsOf } from './file-faults.ts'
import { Findings, Place } from './findings.tsx'
import classes from './guardrails.module.css'
import { Trial } from './trial.tsx'
import { useBacktest, useCheck, useGuardrails } from './use-guardrails.ts'
import { YamlEditor, type YamlEditorHandle } from './yaml-editor.tsx'

interface Draft {
  /** Of the guardrails that it was made from. */
  readonly version: string
  readonly text: string
}

/** A changed file: checked, tried on history, and then proposed. */
export function ChangeTab() {
  const guardrails = useGuardrails()
  if (guardrails.data) return <Change {...guardrails.data} />
  if (guardrails.isError)
    return <ErrorState error={guardrails.error} retry={() => void guardrails.refetch()} />
  return <LoadingState what="the guardrails in force" />
}

function Change({ version, source }: { readonly version: string; readonly source: string }) {
  const isAllowed = useScope('admin')
  // It survives a look at another view, and ends with the window.
  const [draft, setDraft] = useSessionStorage<Draft | null>({
    key: 'wonlost.guardrails.draft',
    defaultValue: null,
  })
  const text = draft?.text ?? source
  const isChanged = text !== source
  const editor = useRef<YamlEditorHandle>(null)
  const check = useCheck()
  const backtest = useBacktest()
  const isChecked = check.variables === text
  const isTried = backtest.variables === text
  const faults = isChecked && check.isError && !isPassing(check.error) ? faultsOf(check.error) : []
  const goTo = (line: number): void => editor.current?.goTo(line)
  const said = useId()
  const isReadable = isChecked && check.isSuccess
  return (
    <Stack gap="md">
      {!isAllowed && (
        <ScopeNotice scope="admin">
          check a changed file and try it on history. It can be written and handed on, unchecked
        </ScopeNotice>
      )}
      {draft && draft.version !== version && (
        <Notice kind="warning">
          This was begun from version {draft.version}; in force is version {version} by now. Below it is
          compared with that.
        </Notice>
      )}
      <Panel
        title="guardrails.yaml"
        actions={
          <>
            {isChanged && (
              <Button size="xs" variant="subtle" onClick={() => setDraft(null)}>
                Back to what is in force
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              disabled={!isAllowed}
              loading={check.isPending}
              onClick={() => check.mutate(text)}
            >
              1. Check
            </Button>
            <Button
              size="xs"
              disabled={!isAllowed || !isChanged || !isReadable}
              loading={backtest.isPending}
              onClick={() => backtest.mutate(text)}
            >
              2. Try on history
            </Button>
          </>
        }
      >
        <YamlEditor
          ref={editor}
          value={text}
          onChange={(next) => setDraft(next === source ? null : { version, text: next })}
          marked={new Set(faults.flatMap(({ line }) => (line === null ? [] : [line])))}
          describedBy={said}
        />
        <p id={said} className={classes['hint']}>
          {isChanged
            ? 'Changed here only, in this window. The server goes on by the file that it has.'
            : 'As it is in force. Change it, check it, and try it on history.'}
        </p>
      </Panel>
      <div role="status">
        {faults.length > 0 && (
          <Notice kind="bad" title="The file cannot be read">
            <ul className={classes['findings']}>
              {faults.map(({ line, text: fault }) => (
                <li key={`${line} ${fault}`}>
                  <Place line={line} onLine={goTo} /> <Text>{fault}</Text>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {isChecked && check.isError && faults.length === 0 && (
          <ErrorState error={check.error} retry={() => check.mutate(text)} />
        )}
        {isChecked && check.isSuccess && <Findings checked={check.data} onLine={goTo} />}
        {backtest.isPending && (
          <p className={classes['hint']}>History is replayed with both files. It may take half a minute.</p>
        )}
      </div>
      {backtest.isError && isTried && (
        <ErrorState error={backtest.error} retry={() => backtest.mutate(text)} />
      )}
      {isTried && backtest.data && (
        <Panel title="On history">
          <Trial found={backtest.data} />
        </Panel>
      )}
      {isChanged && (!isAllowed || (isTried && backtest.isSuccess)) && (
        <Panel title={isAllowed ? 'Proposal' : 'Proposal, not checked'}>
          <Stack gap="sm">
            {isReadable && check.data.tests.failed.length > 0 && (
              <Notice kind="warning">
                Tests inside the file fail. Whoever reviews it will ask whether the rule or the test is wrong.
              </Notice>
            )}
            <p className={classes['hint']}>
              Nothing has changed. Put it in the place of <code>guardrails.yaml</code> where the server reads
              it, after whoever answers for these rules has looked; it is in force within a second.
            </p>
            <Proposal before={source} after={text} file="guardrails.yaml" />
          </Stack>
        </Panel>
      )}
    </Stack>
  )
}
