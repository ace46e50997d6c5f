/** What each model says of a lead or an account: why, how likely, over time, and the events behind it. */
import { type ReactNode, useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { ApiProblem } from '../../api/problem.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Later } from '../../components/later.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useAddress } from '../../components/use-address.ts'
import { plainWords, sentence } from '../../format/words.ts'
import { ChancePanel } from './chance-panel.tsx'
import { CoursePanel } from './course-panel.tsx'
import { ModelTabs } from './model-tabs.tsx'
import { NextStepsPanel } from './next-steps-panel.tsx'
import classes from './subject.module.css'
import type { Explained, SubjectKind } from './subject-answers.ts'
import { TimelinePanel } from './timeline-panel.tsx'
import type { useSubject } from './use-subject.ts'
import { WhyPanel } from './why-panel.tsx'

interface Props {
  readonly kind: SubjectKind
  readonly explained: Explained
  readonly parts: ReturnType<typeof useSubject>
  /** The model that decides. */
  readonly deciding: string
  readonly nameOf: (leadId: string) => string | null
  readonly detailOf: (eventId: string) => string | null
  /** Beside the reasons. */
  readonly beside?: ReactNode
  /** Beside the timeline. */
  readonly children: ReactNode
}

const MODEL = 'model'

/** The model whose tab is open, as it stands in the address; null: the one that decides. */
export function useShownModel(): string | null {
  return useAddress(MODEL)[0]
}

/** A model that there is not, as in an address of last year, is taken out of the address: the one that decides is shown. */
export function useKnownModel({ data, error }: ReturnType<typeof useSubject>['explanation']): void {
  const [asked] = useAddress(MODEL)
  const [, setParameters] = useSearchParams()
  const isUnknown =
    asked !== null &&
    (data
      ? !Object.hasOwn(data.scores, asked)
      : error instanceof ApiProblem && error.problem.code === 'model_not_found')
  useEffect(() => {
    if (isUnknown) setParameters({}, { replace: true })
  }, [isUnknown, setParameters])
}

export function SubjectScores(props: Props) {
  const { kind, explained, parts, deciding, nameOf, detailOf, beside, children } = props
  const [, setParameters] = useSearchParams()
  const [marked, setMarked] = useState<string | null>(null)
  const asked = useShownModel()
  const current = asked !== null && Object.hasOwn(explained.scores, asked) ? asked : deciding
  const score = explained.scores[current]
  const { events, course, history } = parts
  return (
    <ModelTabs
      scores={explained.scores}
      deciding={deciding}
      current={current}
      onChange={(model) => {
        setMarked(null)
        setParameters(model === deciding ? {} : { [MODEL]: model }, { replace: true })
      }}
    >
      {!score?.applies && (
        <EmptyState title={`${sentence(plainWords(current))} does not apply`}>
          {score?.why ?? 'There is no such model.'}
        </EmptyState>
      )}
      {score?.applies && (
        <div className={classes['columns']}>
          <WhyPanel
            subject={kind}
            score={score}
            events={events.data?.applies ? events.data.events : undefined}
            marked={marked}
            onMark={setMarked}
          />
          <div className={classes['stack']}>
            <ChancePanel subject={kind} score={score} />
            {explained.about === current && <NextStepsPanel steps={explained.next_steps} band={score.band} />}
            {beside}
          </div>
        </div>
      )}
      <Later>
        {score?.applies && course.data && history.data && (
          <CoursePanel course={course.data} entries={history.data} falls={fallOf(explained, current)} />
        )}
        {score?.applies && (course.error ?? history.error) && (
          <ErrorState
            error={course.error ?? history.error}
            retry={() => void Promise.all([course.refetch(), history.refetch()])}
          />
        )}
        <div className={classes['columns']}>
          <div className={classes['stack']}>
            {events.isPending && <LoadingState what="events" />}
            {events.error && <ErrorState error={events.error} retry={() => void events.refetch()} />}
            {events.data && (
              <TimelinePanel worths={events.data} {...{ nameOf, detailOf, marked }} onMark={setMarked} />
            )}
          </div>
          <div className={classes['stack']}>{children}</div>
        </div>
      </Later>
    </ModelTabs>
  )
}

function fallOf({ about, falls }: Explained, model: string): string | null {
  return about === model ? (falls?.text ?? null) : null
}
