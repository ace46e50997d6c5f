/** The companies that are closest to a deal. */
import { Button, Chip, Group, Table } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useLocation, useSearchParams } from 'wouter'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import { useBands } from '../../api/policy.ts'
import { BandTag } from '../../components/band-tag.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { isOwnClick } from '../../components/is-own-click.ts'
import { LoadingState } from '../../components/loading-state.tsx'
import { OutdatedNotice } from '../../components/outdated-notice.tsx'
import { ScoreBadge } from '../../components/score-badge.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { useArranged } from '../../components/use-arranged.ts'
import { ViewHeader } from '../../components/view-header.tsx'
import { moneyText, percentFigureText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { VERDICT_TONES } from '../subject/subject-header.tsx'
import { accountPath } from '../subject/subject-name.ts'
import classes from './accounts.module.css'

type AccountPage = components['schemas']['AccountList']
type ListedAccount = AccountPage['accounts'][number]

const FIRST = null as string | null
const PAGE = 100

export default function AccountsPage() {
  const [parameters, setParameters] = useSearchParams()
  const band = (parameters.get('band') ?? '').slice(0, 128)
  const bands = useBands()
  const list = useInfiniteQuery({
    queryKey: ['accounts', band],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...{ limit: PAGE },
        ...(band === '' ? {} : { band }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }
      return answerOf(api.GET('/v1/accounts', { params: { query }, signal }))
    },
    initialPageParam: FIRST,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })
  const { rows, isOutdated, rearrange } = useArranged({
    ...{ list, key: band, subject: 'account', rowsOf, idOf },
  })
  return (
    <>
      <ViewHeader title="Accounts" />
      <Group gap={6} mb="sm" role="group" aria-label="Bands">
        {bands.map((one) => (
          <Chip
            key={one}
            size="xs"
            variant="outline"
            checked={band === one}
            onChange={(isOn) => setParameters(isOn ? { band: one } : {})}
          >
            {shownText(one, 30)}
          </Chip>
        ))}
      </Group>
      {list.isPending && <LoadingState what="accounts" />}
      {list.isError && rows.length === 0 && (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState title={band === '' ? 'There are no accounts yet' : 'No account is in this band'}>
          {band === '' ? 'They come with leads that name a company.' : 'Take the filter away.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className={classes['list']}>
          <OutdatedNotice isOutdated={isOutdated} onShow={rearrange} />
          <AccountTable rows={rows} />
          {list.hasNextPage && (
            <Button
              variant="default"
              size="xs"
              mt="sm"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              More
            </Button>
          )}
        </div>
      )}
    </>
  )
}

const rowsOf = ({ accounts }: AccountPage) => accounts

const idOf = ({ account_id }: ListedAccount): string => account_id

function AccountTable({ rows }: { readonly rows: readonly ListedAccount[] }) {
  const [, go] = useLocation()
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={64}>Score</Table.Th>
            <Table.Th>Account</Table.Th>
            <Table.Th>Band</Table.Th>
            <Table.Th className={classes['wide']}>Verdict</Table.Th>
            <Table.Th className={classes['wide']}>Chance</Table.Th>
            <Table.Th className={classes['wide']}>Expected</Table.Th>
            <Table.Th className={classes['wide']}>Goes to</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ account_id, name, score }) => (
            <Table.Tr
              key={account_id}
              className={classes['row']}
              onClick={(event) => isOwnClick(event) && go(accountPath(account_id))}
            >
              <Table.Td>{score ? <ScoreBadge score={score.score} /> : <Tag tone="quiet">none</Tag>}</Table.Td>
              <Table.Td className={classes['name']}>
                <Link href={accountPath(account_id)}>
                  <Text isClipped>{name ?? account_id}</Text>
                </Link>
              </Table.Td>
              <Table.Td>{score && <BandTag {...score} />}</Table.Td>
              <Table.Td className={classes['wide']}>
                {score && <Tag tone={VERDICT_TONES[score.verdict] ?? 'plain'}>{score.verdict}</Tag>}
              </Table.Td>
              <Table.Td className={classes['wide']}>
                {typeof score?.probability === 'number' && percentFigureText(score.probability)}
              </Table.Td>
              <Table.Td className={classes['wide']}>
                {score?.decision.expected_value &&
                  moneyText(score.decision.expected_value.value, score.decision.expected_value.currency)}
              </Table.Td>
              <Table.Td className={classes['wide']}>
                {score?.decision.route != null && <Text>{score.decision.route}</Text>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
