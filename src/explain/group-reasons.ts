/** Contributions gathered into reasons that people read: one a group (`pricing page`), for and against apart. */

export interface GroupedContribution {
  readonly group: string
  readonly side: 'fit' | 'behaviour'
  /** null for a rubric. */
  readonly log_odds: number | null
  readonly points: number
  readonly text: string
}

interface Reason {
  readonly group: string
  readonly side: 'fit' | 'behaviour'
  /** Sum over the group; null for a rubric. */
  readonly log_odds: number | null
  readonly points: number
  /** The words of the contribution that speaks loudest for what the group adds up to. */
  readonly text: string
}

export interface Reasons {
  /** Largest effect first. A group whose contributions cancel out is in neither list. */
  readonly for: readonly Reason[]
  readonly against: readonly Reason[]
}

/** Nothing is lost: the points of all reasons sum to the points of all contributions. */
export function groupReasons(contributions: readonly GroupedContribution[]): Reasons {
  const groups: GroupedContribution[][] = []
  // By side and group, without a text made of both: this runs for every column of every explained lead.
  const sides = {
    fit: new Map<string, GroupedContribution[]>(),
    behaviour: new Map<string, GroupedContribution[]>(),
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
  const reasons = groups.map(reasonOf)
  reasons.sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  return {
    for: reasons.filter(({ points }) => points > 0),
    against: reasons.filter(({ points }) => points < 0),
  }
}

function reasonOf(members: readonly GroupedContribution[]): Reason {
  const first = members[0]!
  const points = members.reduce((sum, member) => sum + member.points, 0)
  const logOdds = members.reduce((sum, member) => sum + (member.log_odds ?? 0), 0)
  const loudest = members.reduce((best, member) =>
    member.points * Math.sign(points) > best.points * Math.sign(points) ? member : best,
  )
  const { group, side } = first
  return { group, side, log_odds: first.log_odds === null ? null : logOdds, points, text: loudest.text }
}
