/** Every kind of feature, in the order in which errors list them. To add one: one object here, one test. */
import type { FeatureKind } from '../feature-kind.ts'
import { behaviourKind } from './behaviour.ts'
import { booleanKind } from './boolean.ts'
import { categoryKind } from './category.ts'
import { colleaguesKind } from './colleagues.ts'
import { completenessKind } from './completeness.ts'
import { contradictionKind } from './contradiction.ts'
import { countryKind } from './country.ts'
import { customerKind } from './customer.ts'
import { declaredIntentKind } from './declared-intent.ts'
import { engagementKind } from './engagement.ts'
import { interestKind } from './interest.ts'
import { leadAgeKind } from './lead-age.ts'
import { listKind } from './list.ts'
import { listedDomainKind } from './listed-domain.ts'
import { mailDomainKindKind } from './mail-domain-kind.ts'
import { mailDomainMatchKind } from './mail-domain-match.ts'
import { numberKind } from './number.ts'
import { peopleKind } from './people.ts'
import { departmentKind, seniorityKind } from './title.ts'

export const FEATURE_KINDS: readonly FeatureKind[] = [
  numberKind,
  booleanKind,
  categoryKind,
  countryKind,
  listKind,
  seniorityKind,
  departmentKind,
  mailDomainKindKind,
  mailDomainMatchKind,
  listedDomainKind,
  declaredIntentKind,
  completenessKind,
  contradictionKind,
  customerKind,
  behaviourKind,
  engagementKind,
  leadAgeKind,
  colleaguesKind,
  peopleKind,
  interestKind,
]
