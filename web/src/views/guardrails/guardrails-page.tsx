import { EngineNotice } from '../../components/engine-notice.tsx'
import { ViewHeader } from '../../components/view-header.tsx'
import { ViewTabs } from '../../components/view-tabs.tsx'
import { ChangeTab } from './change-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { useBacktest } from './use-guardrails.ts'

/** Rules outside the model: whom they stop, what they would have cost, and a place to try others. */
export default function GuardrailsPage() {
  // Kept while the other part is looked at: it took a while.
  const backtest = useBacktest()
  return (
    <>
      <ViewHeader title="Guardrails" />
      <EngineNotice />
      <ViewTabs
        label="Guardrails"
        tabs={[
          { id: 'rules', name: 'Rules', content: () => <RulesTab backtest={backtest} /> },
          { id: 'change', name: 'Try a change', content: () => <ChangeTab /> },
        ]}
      />
    </>
  )
}
