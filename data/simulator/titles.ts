/** Job titles as people write them: many languages, abbreviations, two jobs in one, typing errors, emoji, and nothing at all. */
import { happens, oneOf, type Random } from '../random.ts'
import { respell } from './names.ts'
import type { Department, Seniority } from './people.ts'

/** Words for the department, as they follow a rank: "VP Marketing", "Director of Marketing". */
const FIELDS: Readonly<Record<Department, readonly string[]>> = {
  general: ['Business', 'Strategy'],
  sales: ['Sales', 'Inside Sales', 'Revenue', 'Account Management', 'Vertrieb', 'Ventas'],
  marketing: ['Marketing', 'Growth', 'Demand Generation', 'Digital Marketing', 'Content', 'Brand'],
  operations: ['Operations', 'Business Operations', 'Ops'],
  it: ['IT', 'Information Technology', 'IT Infrastructure', 'Systems'],
  engineering: ['Engineering', 'Software Engineering', 'Platform Engineering', 'Eng'],
  finance: ['Finance', 'Accounting', 'FP&A', 'Controlling'],
  hr: ['HR', 'Human Resources', 'People', 'Talent'],
}

const CHIEFS: Readonly<Record<Department, readonly string[]>> = {
  general: ['CEO', 'Founder & CEO', 'Managing Director', 'Geschäftsführer', 'Co-Founder', 'Owner', 'PDG'],
  sales: ['CRO', 'Chief Revenue Officer', 'Chief Sales Officer'],
  marketing: ['CMO', 'Chief Marketing Officer', 'CMO / Partner'],
  operations: ['COO', 'Chief Operating Officer'],
  it: ['CIO', 'Chief Information Officer'],
  engineering: ['CTO', 'CTO/Co-Founder', 'Chief Technology Officer'],
  finance: ['CFO', 'Chief Financial Officer', 'CFO & Prokurist'],
  hr: ['CHRO', 'Chief People Officer'],
}

const DOERS: Readonly<Record<Department, readonly string[]>> = {
  general: ['Consultant', 'Business Analyst', 'Project Coordinator', 'Assistant'],
  sales: ['Account Executive', 'Sales Representative', 'SDR', 'BDR', 'Vertriebsmitarbeiter'],
  marketing: ['Marketing Specialist', 'Content Writer', 'SEO Specialist', 'Marketing Coordinator'],
  operations: ['Operations Analyst', 'Operations Specialist', 'Operations Coordinator'],
  it: ['System Administrator', 'IT Specialist', 'Sysadmin', 'IT Support'],
  engineering: ['Software Engineer', 'Senior Developer', 'Full-Stack Developer', 'Entwickler'],
  finance: ['Accountant', 'Financial Analyst', 'Buchhalter'],
  hr: ['Recruiter', 'HR Generalist', 'HR Specialist'],
}

const RANKS: Readonly<Record<'vp' | 'director' | 'manager' | 'intern', readonly string[]>> = {
  vp: ['VP {}', 'VP of {}', 'Vice President {}', 'SVP {}', 'V.P. {}', 'Vice President of {}'],
  director: ['Director of {}', 'Head of {}', '{} Director', 'Leiter {}', 'Sr. Director {}', 'Directeur {}'],
  manager: ['{} Manager', 'Manager {}', '{} Team Lead', 'Senior {} Manager', 'Mgr {}'],
  intern: ['{} Intern', 'Intern', 'Working Student {}', 'Praktikant {}', 'Trainee {}'],
}

const DECORATIONS = ['🚀 ', '✨ ', '"', '  '] as const

export function titleFor(random: Random, seniority: Seniority, department: Department): string {
  if (happens(random, 0.04)) return oneOf(random, ['-', 'n/a', 'Mr', '.', 'asdf'])
  let title = cleanTitle(random, seniority, department)
  if (happens(random, 0.06)) title = respell(random, title)
  if (happens(random, 0.1)) title = title.toLowerCase()
  else if (happens(random, 0.05)) title = title.toUpperCase()
  if (happens(random, 0.02)) {
    const mark = oneOf(random, DECORATIONS)
    title = mark === '"' ? `"${title}"` : `${mark}${title}`
  }
  return title
}

function cleanTitle(random: Random, seniority: Seniority, department: Department): string {
  if (seniority === 'c_level') return oneOf(random, CHIEFS[department])
  if (seniority === 'individual') return oneOf(random, DOERS[department])
  return oneOf(random, RANKS[seniority]).replace('{}', oneOf(random, FIELDS[department])).trim()
}
