/** A company: what to do, why, and who of it did what. */
import { Text as MantineText } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { answerOf, api } from '../../api/client.ts'
import { isGone } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Text } from '../../components/text.tsx'
import { usePathId } from '../../components/use-path-id.ts'
import { leadPath } from '../../format/lead-name.ts'
import { shownText } from '../../format/shown-text.ts'
import { plainWords } from '../../format/words.ts'
import { CopySummary } from '../subject/copy-summary.tsx'
import { DealsPanel } from '../subject/deals-panel.tsx'
import { PeoplePanel, type ShownPerson } from '../subject/people-panel.tsx'
import { PersonMenu } from '../subject/person-menu.tsx'
import classes from '../subject/subject.module.css'
import { type AccountFacts, appliedOf, type Explained, listedScore } from '../subject/subject-answers.ts'
import { SubjectHeader } from '../subject/subject-header.tsx'
import { companyName } from '../subject/subject-name.ts'
import { SubjectScores, useKnownModel, useShownModel } from '../subject/subject-scores.tsx'
import { summaryText } from '../subject/summary.ts'
import { TraitsPanel } from '../subject/traits-panel.tsx'
import { subjectKey, useSubject, useSubjectChanges } from '../subject/use-subject.ts'
import { VerdictNotice } from '../subject/verdict-notice.tsx'

export default function AccountPage() {
  const id = usePathId()
  const facts = useQuery({
    queryKey: [...subjectKey('account', id), 'facts'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/accounts/{id}', { params: { path: { id } }, signal })),
  })
  return (
    <div className={classes['page']}>
      <nav className={classes['way']} aria-label="Accounts">
        <Link href="/accounts">← Accounts</Link>
      </nav>
      {facts.isPending && <LoadingState what="the account" />}
      {facts.isError && (!facts.data || isGone(facts.error)) && (
        <ErrorState error={facts.error} retry={() => void facts.refetch()} />
      )}
      {facts.data && !isGone(facts.error) && <Account key={id} id={id} facts={facts.data} />}
    </div>
  )
}

interface Props {
  readonly id: string
  readonly facts: AccountFacts
}

function Account({ id, facts: { account, people: known, deals } }: Props) {
  const [done, setDone] = useState('')
  const [failed, setFailed] = useState<unknown>(null)
  const client = useQueryClient()
  const mayTell = useSession().data?.scopes.includes('feedback') ?? false
  const parts = useSubject('account', id, useShownModel(), true)
  useKnownModel(parts.explanation)
  useSubjectChanges('account', id, account.account_id)
  const explained = parts.explanation.data ?? null
  // The first by name decides about accounts.
  const deciding = Object.keys(explained?.scores ?? {}).sort()[0] ?? ''
  const score = explained && appliedOf(explained, deciding)
  const name = companyName(account.traits, account.account_id)
  const names = new Map(known.map((one) => [one.lead_id, one.name ?? one.title ?? one.lead_id]))
  const people = explained?.people?.listed ?? []
  const told = (words: string): void => {
    setFailed(null)
    setDone(words)
    void client.invalidateQueries({ queryKey: subjectKey('account', id) })
  }
  const actionsOf = ({ lead_id, name: own }: ShownPerson) => (
    <PersonMenu leadId={lead_id} name={own ?? lead_id} onDone={told} onError={setFailed} />
  )
  const about = ['industry', 'domain', 'country']
    .map((trait) => account.traits[trait]?.value)
    .filter((value) => typeof value === 'string' && value !== name)
  const summary = explained && {
    ...{ who: [name], explained, model: deciding, address: location.href.replace(/[?#].*$/, '') },
  }
  return (
    <>
      <SubjectHeader
        name={name}
        about={<Text>{plainWords(about.join(', '))}</Text>}
        explained={explained}
        score={score?.score ?? null}
        stored={parts.stored.data ? listedScore(parts.stored.data, deciding) : null}
        todo={explained?.verdict.status === 'eligible' && <BeginWith people={people} />}
      >
        <CopySummary summary={summary && summaryText(summary)} onDone={setDone} />
        <MantineText size="sm" c="dimmed" role="status">
          {shownText(done, 160)}
        </MantineText>
      </SubjectHeader>
      {failed != null && <ErrorState error={failed} />}
      {explained && <VerdictNotice verdict={explained.verdict} score={score} />}
      {parts.explanation.isPending && <LoadingState what="the score" />}
      {parts.explanation.isError && !explained && (
        <ErrorState error={parts.explanation.error} retry={() => void parts.explanation.refetch()} />
      )}
      {explained && deciding === '' && (
        <EmptyState title="No model scores accounts">
          A definition in models/ whose entity is account makes one.
        </EmptyState>
      )}
      {explained && deciding !== '' && (
        <SubjectScores
          kind="account"
          explained={explained}
          parts={parts}
          deciding={deciding}
          nameOf={(leadId) => names.get(leadId) ?? leadId}
          detailOf={() => null}
          beside={
            <>
              <PeoplePanel
                title="Its people"
                people={people.map(shownPerson)}
                notListed={explained.people?.not_listed ?? 0}
                actionsOf={mayTell ? actionsOf : NOTHING_TO_SAY}
              />
              <DealsPanel deals={deals} />
            </>
          }
        >
          <TraitsPanel title="The company" traits={account.traits} />
        </SubjectScores>
      )}
    </>
  )
}

const NOTHING_TO_SAY = () => null

type ListedPerson = NonNullable<Explained['people']>['listed'][number]

/** The best of those who may be called. */
function BeginWith({ people }: { readonly people: readonly ListedPerson[] }) {
  const first = people.find(({ verdict, score }) => verdict === 'eligible' && score.applies)
  if (!first) return null
  return (
    <div>
      <dt>Begin with</dt>
      <dd>
        <Link href={leadPath(first.lead_id)}>
          <Text longest={60}>{first.name ?? first.lead_id}</Text>
        </Link>
        {first.title !== null && (
          <small>
            <Text longest={60}>{first.title}</Text>
          </small>
        )}
      </dd>
    </div>
  )
}

const shownPerson = ({ score, points, ...person }: ListedPerson): ShownPerson => ({
  ...person,
  own: score.applies ? score.score : null,
  adds: points,
})
