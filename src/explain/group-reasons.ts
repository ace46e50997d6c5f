/** Contributions gathered into reasons that people read: one a group (`pricing page`), for and against apart. */

interface GroupedContribution {
  readonly group: string
  readonly side: 'fit' | 'behaviour'
  /** null for a rubric. */
  readonly log_odds: number | null
  readonly points: number
}

interface Reason<Words> {
  readonly group: string
  readonly side: 'fit' | 'behaviour'
  /** Sum over the group; null for a rubric. */
  readonly log_odds: number | null
  readonly points: number
  readonly text: Words
}

interface Reasons<Words> {
  /** Largest effect first. A group whose contributions cancel out is in neither list. */
  readonly for: readonly Reason<Words>[]
  readonly against: readonly Reason<Words>[]
}

/**
 * Nothing is lost: the points of all reasons sum to the points of all contributions. `wordsOf` gives the words of a reason for the
 * contribution that speaks loudest for what its group adds up to.
 */
export function groupReasons<Contribution extends GroupedContribution, Words>(
  contributions: readonly Contribution[],
  wordsOf: (loudest: Contribution) => Words,
): Reasons<Words> {
  const groups: Contribution[][] = []
  // By side and group, without a text made of both: this runs for every column of every explained lead.
  const sides = {
    fit: new Map<string, Contribution[]>(),
    behaviour: new Map<string, Contribution[]>(),
  }
  for (const contribution of contributions) {
    const members = sides[contribution.side].get(contribution.group)
    if (members) members.push(contribution)
    else {
      const first = [contribution]
      sides[contribution.side].set(contribution.group, first)
      groups.push(first)
    }
  }
  const reasons = groups.map((members) => reasonOf(members, wordsOf))
  reasons.sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  return {
    for: reasons.filter(({ points }) => points > 0),
    against: reasons.filter(({ points }) => points < 0),
  }
}

function reasonOf<Contribution extends GroupedContribution, Words>(
  members: readonly Contribution[],
  wordsOf: (loudest: Contribution) => Words,
): Reason<Words> {
  const first = members[0]!
  const points = members.reduce((sum, member) => sum + member.points, 0)
  const logOdds = members.reduce((sum, member) => sum + (member.log_odds ?? 0), 0)
  const loudest = members.reduce((best, member) =>
    member.points * Math.sign(points) > best.points * Math.sign(points) ? member : best,
  )
  const { group, side } = first
  return { group, side, log_odds: first.log_odds === null ? null : logOdds, points, text: wordsOf(loudest) }
}
