import { EngineNotice } from '../../components/engine-notice.tsx'
import { useScope } from '../../components/scope-notice.tsx'
import { ViewHeader } from '../../components/view-header.tsx'
import { ViewTabs } from '../../components/view-tabs.tsx'
import { PulsePanel } from './pulse-panel.tsx'
import { RejectedPanel } from './rejected-panel.tsx'
import { UnknownPanel } from './unknown-panel.tsx'
import { WebhooksPanel } from './webhooks-panel.tsx'

/** What comes in, what waits, what goes out, and what could not be used. */
export default function HealthPage() {
  const isAdmin = useScope('admin')
  return (
    <>
      <ViewHeader title="Health" />
      <EngineNotice />
      <ViewTabs
        label="Parts of the server"
        tabs={[
          { id: 'pulse', name: 'Now', content: () => <PulsePanel /> },
          { id: 'webhooks', name: 'Webhooks', content: () => <WebhooksPanel isAllowed={isAdmin} /> },
          { id: 'rejected', name: 'Rejected', content: () => <RejectedPanel isAllowed={isAdmin} /> },
          { id: 'unknown', name: 'Unknown', content: () => <UnknownPanel /> },
        ]}
      />
    </>
  )
}
