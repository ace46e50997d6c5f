/** A lead: whom the reader has before them, what to do, and why. */
import { Alert } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { isGone } from '../../api/problem.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Text } from '../../components/text.tsx'
import { usePathId } from '../../components/use-path-id.ts'
import { dayAndYearText } from '../../format/times.ts'
import { DealsPanel } from '../subject/deals-panel.tsx'
import { PeoplePanel } from '../subject/people-panel.tsx'
import { RespondBy } from '../subject/respond-by.tsx'
import classes from '../subject/subject.module.css'
import { appliedOf, type LeadFacts, listedScore } from '../subject/subject-answers.ts'
import { SubjectHeader } from '../subject/subject-header.tsx'
import { accountPath, companyName, personName, personTitle } from '../subject/subject-name.ts'
import { SubjectScores, useKnownModel, useShownModel } from '../subject/subject-scores.tsx'
import { summaryText } from '../subject/summary.ts'
import { TraitsPanel } from '../subject/traits-panel.tsx'
import { usePolicyParts } from '../subject/use-policy-parts.ts'
import { aheadOf, useSubject, useSubjectChanges } from '../subject/use-subject.ts'
import { VerdictNotice } from '../subject/verdict-notice.tsx'
import { eventDetails } from './event-details.ts'
import { LeadActions } from './lead-actions.tsx'
import { QueueWayBar } from './queue-way-bar.tsx'
import { LastSaid, SaidPanel } from './said-panel.tsx'
import { factsOf, feedbackOf } from './use-lead.ts'
import { useQueueWay } from './use-queue-way.ts'

export default function LeadPage() {
  const id = usePathId()
  const facts = useQuery(factsOf(id))
  const { back, neighbours } = useQueueWay(id)
  useFetchedAhead(facts.isSuccess ? (neighbours?.after ?? null) : null)
  return (
    <div className={classes['page']}>
      <QueueWayBar back={back} neighbours={neighbours} />
      {facts.isPending && <LoadingState what="the lead" />}
      {facts.isError && (!facts.data || isGone(facts.error)) && (
        <ErrorState error={facts.error} retry={() => void facts.refetch()} />
      )}
      {facts.data && !isGone(facts.error) && <Lead key={id} id={id} facts={facts.data} />}
    </div>
  )
}

interface Props {
  readonly id: string
  readonly facts: LeadFacts
}

function Lead({ id, facts }: Props) {
  const { lead, account, colleagues, deals, objection } = facts
  const parts = useSubject('lead', id, useShownModel(), objection === null)
  useKnownModel(parts.explanation)
  const said = useQuery(feedbackOf(id))
  useSubjectChanges('lead', id, lead.lead_id)
  const { decidedBy } = usePolicyParts()
  // What was said before an objection counts for nothing.
  const explained = (objection === null ? parts.explanation.data : null) ?? null
  const deciding = decidedBy ?? explained?.about ?? ''
  const score = explained ? appliedOf(explained, deciding) : null
  const name = personName(lead.traits, lead.lead_id)
  const title = personTitle(lead.traits)
  const company = account && companyName(account.traits, account.account_id)
  const names = new Map(colleagues.map((one) => [one.lead_id, one.name ?? one.title ?? one.lead_id]))
  const details = eventDetails(facts.events)
  const summary = explained
    ? summaryText({
        who: [name, title, company].filter((part) => part !== null),
        explained,
        model: deciding,
        address: location.href.replace(/[?#].*$/, ''),
      })
    : null
  return (
    <>
      <SubjectHeader
        name={name}
        about={
          <>
            {title !== null && <Text>{title}</Text>}
            {title !== null && account && ', '}
            {account && (
              <Link href={accountPath(account.account_id)}>
                <Text>{company ?? account.account_id}</Text>
              </Link>
            )}
          </>
        }
        explained={explained}
        score={score?.score ?? null}
        stored={parts.stored.data ? listedScore(parts.stored.data, deciding) : null}
        todo={facts.respond_by !== null && <RespondBy at={facts.respond_by} />}
      >
        <LeadActions
          leadId={id}
          seenAsOf={explained?.as_of ?? null}
          verdict={explained?.verdict ?? null}
          summary={summary}
          latest={said.data && <LastSaid said={said.data} />}
        />
      </SubjectHeader>
      {objection && (
        <Alert
          color="red"
          variant="outline"
          icon={<IconHandStop aria-hidden="true" />}
          title="Does not want to be scored"
        >
          <Text>{objection.reason}</Text> Written down by <Text>{objection.by}</Text> on{' '}
          {dayAndYearText(Date.parse(objection.objected_at))}. There is no score, and nobody sees one.
        </Alert>
      )}
      {explained && <VerdictNotice verdict={explained.verdict} score={score} />}
      {!explained && !objection && parts.explanation.isPending && <LoadingState what="the score" />}
      {!explained && !objection && parts.explanation.isError && (
        <ErrorState error={parts.explanation.error} retry={() => void parts.explanation.refetch()} />
      )}
      {explained && (
        <SubjectScores
          kind="lead"
          explained={explained}
          parts={parts}
          deciding={deciding}
          nameOf={(leadId) => (leadId === lead.lead_id ? null : (names.get(leadId) ?? leadId))}
          detailOf={(eventId) => details.get(eventId) ?? null}
        >
          {said.data && <SaidPanel said={said.data} />}
          <PeoplePanel title="Colleagues" people={colleagues} />
          <DealsPanel deals={deals} />
          <TraitsPanel title="Who it is" traits={lead.traits} />
          {account && <TraitsPanel title="The company" traits={account.traits} />}
        </SubjectScores>
      )}
      {objection && <TraitsPanel title="Who it is" traits={lead.traits} />}
    </>
  )
}

/** What the next lead will show is there when the reader goes on to it. */
function useFetchedAhead(id: string | null): void {
  const client = useQueryClient()
  useEffect(() => {
    if (id === null) return
    void client.prefetchQuery(factsOf(id))
    void client.prefetchQuery(feedbackOf(id))
    const { explanation, stored, events, course } = aheadOf('lead', id)
    void client.prefetchQuery(explanation)
    void client.prefetchQuery(stored)
    void client.prefetchQuery(events)
    void client.prefetchQuery(course)
  }, [client, id])
}
