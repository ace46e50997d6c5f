/**
 * The words by which titles are read, in English, German, French, Spanish, Portuguese, Italian, Dutch, the languages of the North,
 * Polish and a little Russian, Japanese and Chinese. In the form of `anyOf`: no accents, lower case, `*` for any letters.
 * The first rule that matches decides, so order is meaning. To teach a word: add it here, and a line to the test's table.
 */
import type { WordRule } from './word-rules.ts'

export type Seniority =
  | 'executive'
  | 'vice_president'
  | 'director'
  | 'manager'
  | 'senior'
  | 'specialist'
  | 'junior'
  | 'trainee'

export type Department =
  | 'human_resources'
  | 'legal'
  | 'finance'
  | 'procurement'
  | 'design'
  | 'marketing'
  | 'sales'
  | 'customer_success'
  | 'product'
  | 'data'
  | 'it'
  | 'engineering'
  | 'research'
  | 'operations'
  | 'management'

/** Says nothing about a post held now. */
export const NO_TITLE =
  'ex, former, formerly, retired, rentner*, ehemalig*, ancien, ancienne, jubilad*, retraite*, pensionat*, aposentad*, unemployed, arbeitslos, between jobs, open to work, looking for*, none, n a, na, test, asdf*, xxx*, unknown, tbd, private, privat, other'

/** Phrases that would mislead, and what they mean; applied in turn before anything else. */
export const REWRITES: readonly (readonly [phrases: string, meaning: string])[] = [
  ['vice presid*, vicepresid*, vize prasident*, vizeprasident*, vice presidente, wiceprezes*', 'vp'],
  [
    'executive assistant*, personal assistant*, ceo assistant, assistant ceo, management assistant*',
    'assistant',
  ],
  [
    'product owner, process owner, data owner, service owner, system owner, business owner product',
    'product specialist',
  ],
  ['lead gen*', 'leadgeneration'],
  [
    'student success, student affairs, student services, student experience, internship program*',
    'education',
  ],
  ['projektleit*', 'project manager'],
  ['teamleit*, gruppenleit*, schichtleit*, filialleit*', 'manager'],
  ['chief executive*', 'ceo'],
  ['chief technology officer, chief technical officer', 'cto'],
  ['chief information officer', 'cio'],
  ['office manag*', 'office specialist'],
  [
    'research and development, research development, forschung und entwicklung, r and d, recherche et developpement',
    'r d',
  ],
  ['it support, desktop support, help desk, helpdesk, it service desk', 'it specialist'],
  ['chief of staff', 'head of operations'],
  ['data cent*, database*, datenbank*', 'it'],
  ['data entry', 'office clerk'],
]

/** "Assistant to the CEO": whoever it is to says nothing. */
export const ASSISTANT_TO =
  /(?<=^| )((?:assistant|assistante|assistent|assistentin|assistenz|asistente|assistente|secretary|secretaria|sekretarin|pa|ea) (?:to|of|for|der|des|de|del|du|da|do|di)) .*$/u

/** "Lead Developer" leads by skill; "Engineering Lead" leads people. */
export const LEADING_LEAD = /^lead(?= )/u

/** A head of one craft, not an officer of the company. */
export const CRAFT_CHIEF =
  /(?<=^| )chief (?=(?:engineer|architect|designer|scientist|accountant|editor|technologist|analyst|economist)(?: |$))/u

/** Only the whole title counts. */
export const WHOLE_TITLE: ReadonlyMap<string, Seniority> = new Map([
  ['partner', 'executive'],
  ['senior partner', 'executive'],
  ['equity partner', 'executive'],
  ['md', 'executive'],
  ['ad', 'executive'],
  ['principal', 'director'],
  ['chef', 'executive'],
  ['boss', 'executive'],
  ['lead', 'manager'],
])

export const SENIORITY_RULES: readonly WordRule<Seniority>[] = [
  {
    name: 'trainee',
    phrases: `intern, interns, internship, trainee*, apprentice*, student*, undergraduate*, freshman, sophomore, phd candidate, doctoral candidate,
      co op, working student, werkstudent*, praktikant*, praktikum, azubi*, auszubildende*, lehrling*, doktorand*, diplomand*, masterand*, hiwi, volontar*,
      stagiaire*, stage, alternant*, apprenti*, etudiant*, eleve, becari*, practicante*, pasante*, estudiante*, aprendiz*, estagiari*, estudante*, aluno, aluna,
      stagist*, tirocinant*, studente*, stagiair*, leerling*, praktykant*, stazyst*, opiskelija, harjoittelija, praktikantka, стажер*, студент*, *学生*, インターン*, *实习*`,
  },
  {
    name: 'executive',
    phrases: `ceo, cto, cfo, coo, cmo, cio, ciso, cso, cro, cpo, cdo, chro, cco, clo, cko, cxo, chief, c level, c suite, founder*, cofounder*, founding partner, owner*, co owner*,
      president*, chair, chairman, chairwoman, chairperson, board member, board director, member of the board, managing partner, managing director, managing member, executive director,
      general manager, general director, proprietor, entrepreneur*,
      geschaftsfuhr*, geschaeftsfuehr*, gf, inhaber*, vorstand, vorstande, vorstandin, vorstandsvorsitz*, vorstandsmitglied*, vorstandssprecher*, aufsichtsrat*,
      grunder*, gruender*, mitgrunder*, mitgruender*, gesellschafter*, unternehmer*, prasident*, praesident*,
      pdg, directeur general, directrice generale, dg, dga, gerant, gerante, fondat*, cofondat*, co fondat*, proprietaire, dirigeant*, chef d entreprise, associe gerant,
      director* general, consejer* delegad*, dueno, duena, propietari*, fundador*, cofundador*, socio, socia, presidenta, gerente general, empresari*,
      diretor* geral, socio *, proprietari*, amministrat* delegat*, amministrat* unic*, titolare, direttore generale, direttrice generale,
      eigenaar*, bestuurder*, zaakvoerder*, algemeen directeur, oprichter*, vd, verkstallande direktor, administrerende direktor, daglig leder, toimitusjohtaja*, grundare,
      prezes*, wlasciciel*, zalozyciel*, dyrektor generalny, jednatel*, majitel*, genel mudur, kurucu*,
      генеральныи директор, основатель*, владелец*, президент*, *代表取締役*, *社長*, *ceo*, *创始人*, *总经理*, *总裁*, *首席*, *대표*`,
  },
  { name: 'vice_president', phrases: 'vp, svp, evp, avp, rvp, sr vp, vps, vpe' },
  {
    name: 'director',
    phrases: `director*, dir, head, head of, co head, heads, hod, dean, provost, direktor*, leiter*, *leiter, *leiterin, leitung, leitend*, prokurist*, bereichsleit*, hauptabteilungsleit*,
      directeur*, directrice*, dsi, daf, drh, dircom, directora*, subdirector*, direttor*, direttric*, diretor*, hoofd, *directeur, dyrektor*, *direktor, *johtaja,
      директор*, руководитель*, *部長*, *总监*, *主管*, *本部長*`,
  },
  {
    name: 'manager',
    phrases: `manager*, mgr, mngr, *manager, *managerin, management, team lead*, teamlead*, tech lead*, techlead, technical lead, lead, leader, supervisor*, superintendent, foreman, controller head,
      responsable*, responsabile*, chef de, cheffe de, chef d, jefe, jefa, gerente*, encargad*, capo, kierowni*, vedouci, mudur*, leder, *leder, *chef, *paallikko, teammanager, gestor*,
      начальник*, менеджер*, *課長*, *经理*, *マネージャー*, *リーダー*`,
  },
  {
    name: 'senior',
    phrases: `senior*, sr, snr, principal, expert*, architect*, architekt*, architecte*, arquitect*, architetto, staff engineer, staff software, staff scientist, staff developer, staff designer, staff data,
      distinguished, fellow, professor*, prof, iii, iv, confirme*, experimente*, starszy, старшии, ведущии`,
  },
  {
    name: 'junior',
    phrases: `junior*, jr, jnr, assistant*, asst, assistent*, *assistent, *assistentin, assistenz, *assistenz, asistente*, auxiliar*, assistente*, ayudante*, associate*, entry level, graduate,
      receptionist*, clerk*, secretar*, sekretar*, secretaire*, segretari*, empfang*, rezeption*, ea, pa, mlodszy, младшии, ассистент*`,
  },
  {
    name: 'specialist',
    phrases: `specialist*, analyst*, consultant*, coordinator*, co ordinator, representative*, rep, administrator*, admin, officer*, executive*, adviser*, advisor*, agent*, technician*, writer*, editor*, buyer*, planner*,
      strategist*, trainer*, freelanc*, contractor*, employee*, worker*, nurse, teacher*, master, evangelist*, advocate*, ingenieur*, sachbearbeit*, referent*, mitarbeit*, berater*, beauftragt*, fachkraft, kaufmann, kauffrau, angestellt*,
      lehrer*, spezialist*, charge*, conseiller*, conseillere*, employe*, technicien*, especialista*, analista*, consultor*, tecnic*, coordinador*, coordenador*, coordinat*, asesor*, specialista*, consulente*, impiegat*,
      medewerker*, adviseur*, specjalist*, specialista, специалист*, консультант*`,
  },
]

export const DEPARTMENT_RULES: readonly WordRule<Department>[] = [
  {
    name: 'human_resources',
    phrases: `hr, human resource*, human capital, people, people ops, talent, recruit*, headhunter, hrbp, chro, payroll, learning development, learning and development, rh, drh, ressources humaines, recursos humanos,
      risorse umane, personal, personalleit*, personalreferent*, personalabteilung, personalwesen, personalentwick*, personalmanag*, personalchef, selezione, kadr*, rekrut*, recruteu*, кадр*, *人事*`,
  },
  {
    name: 'legal',
    phrases: `legal*, lawyer*, attorney*, counsel, paralegal*, compliance, privacy, data protection*, dpo, clo, jurist*, juridi*, jurid*, recht, rechts*, anwalt*, datenschutz*, avocat*, abogad*, avvocat*, advogad*, prawn*, юрист*, *法務*`,
  },
  {
    name: 'finance',
    phrases: `financ*, cfo, daf, accountant*, accounting, accounts payable, accounts receivable, accounts, controller*, controlling, treasur*, audit*, tax, bookkeep*, billing, fp a, investor*, investment*, finanz*, steuer*,
      buchhalt*, *buchhalt*, rechnungswesen, wirtschaftspruf*, comptab*, contab*, contad*, tesorer*, ksiegow*, ekonomi*, talous*, финанс*, бухгалтер*, *財務*, *经理财务*`,
  },
  {
    name: 'procurement',
    phrases:
      'procurement, purchas*, buyer*, sourcing, category manag*, einkauf*, *einkauf*, beschaff*, achat*, acheteu*, compras, comprador*, acquisti, inkoop*, inkop*, zakup*, закуп*',
  },
  {
    name: 'design',
    phrases:
      'design*, *design, *designer, ux, ui, user experience, user research*, creative, art direct*, graphi*, grafi*, disen*, illustrat*, gestalt*, дизаин*',
  },
  {
    name: 'marketing',
    phrases: `marketing*, *marketing, cmo, brand*, growth, seo, sem, content, social media, community, communication*, kommunikation*, comunica*, comunicac*, pr, public relations, demand gen*, leadgeneration, press, presse*, advert*,
      media, campaign*, copywriter*, marknad*, werbung, event, events, e commerce, ecommerce, offentlichkeitsarbeit, dircom, маркет*, *マーケティング*, *市场*`,
  },
  {
    name: 'sales',
    phrases: `sales*, *sales, cro, revenue, revops, account executive*, account manag*, account director*, key account*, accountmanager, business dev*, bizdev, bdr, sdr, bdm, ae, kam, presales, pre sales, solution* engineer*, solution* consultant*,
      partnership*, alliance*, partner manag*, channel*, vertrieb*, *vertrieb*, verkauf*, *verkauf*, aussendienst*, ventas, vente*, commercial*, comercial*, vendedor*, vendeu*, vendit*, vendas, verkoop*, forsalj*, saljare, myynti*,
      sprzedaz*, handlow*, export*, продаж*, *営業*, *销售*`,
  },
  {
    name: 'customer_success',
    phrases: `customer*, client success, client serv*, client support, support, csm, kundenserv*, kundenbetreu*, kundendienst*, kunden*, service client*, relation client*, atencion al cliente, servizio clienti, onboarding, implementation, поддержк*`,
  },
  {
    name: 'product',
    phrases:
      'product, products, cpo, produkt*, produit*, producto*, prodotto*, produto*, owner product, продукт*',
  },
  {
    name: 'data',
    phrases: `data, data*, machine learning, ml, mlops, ai, artificial intelligence, analytics, bi, business intelligence, daten*, statisti*, donnees, datos, dati, dados, kunstliche intelligenz, cdo, аналитик*, *データ*, *数据*`,
  },
  {
    name: 'it',
    phrases: `it, ict, information technology, information systems, information security, cio, ciso, dsi, sysadmin*, system* admin*, systemadmin*, network*, netzwerk*, infrastructur*, infrastruktur*, security, cybersecurity, cyber, infosec, informati*,
      edv, technology, erp, sap, digital transformation, digitalisierung, reseau*, sistemas, systeme d information, systemes d information, sicherheit*, *情報システム*`,
  },
  {
    name: 'engineering',
    phrases: `engineer*, eng, engr, cto, vpe, develop*, dev, devs, devops, sre, site reliability, software, programm*, coder, entwickl*, *entwickl*, ingenieur*, *ingenieur, *ingenieurin, ingenier*, ingegner*, engenh*, architect*, architekt*, architecte*, arquitect*,
      backend, frontend, front end, back end, full stack, fullstack, qa, tester*, testing, quality assurance, r d, technical*, technici*, technik*, tech, technique*, tecnic*, technolog*, platform, mobile, embedded, firmware, mechanical, electrical,
      desarroll*, desenvolv*, sviluppa*, ontwikkel*, utveckl*, utvikl*, udvikl*, kehitt*, inzynier*, web, webmaster, scrum, разработ*, программист*, инженер*, техническ*, *エンジニア*, *工程师*, *开发*, *技術*`,
  },
  {
    name: 'research',
    phrases:
      'research*, scientist*, professor*, prof, phd, postdoc*, forsch*, wissenschaft*, cherche*, recherche, investigador*, lecturer*, teacher*, lehrer*, education, academic*, dozent*, doktorand*, lab, universit*',
  },
  {
    name: 'operations',
    phrases: `operation*, ops, coo, logist*, supply, production*, produktion*, manufactur*, warehouse, lager*, quality, qualitat*, calidad, qualite, facilit*, plant, project*, projekt*, projet*, proyecto*, progetto*, program*, process, office, admin*,
      betrieb*, operac*, operati*, pmo, transformation, assistant*, assistent*, *assistent, *assistentin, assistenz, asistente, secretar*, sekretar*, receptionist*, clerk*, office specialist, операцион*`,
  },
  {
    name: 'management',
    phrases: `ceo, founder*, cofounder*, owner*, president*, chairman, chairwoman, chair, board, general manager, managing*, general director, executive director, strategy, strategic*, geschaftsfuhr*, geschaeftsfuehr*, gf, inhaber*, vorstand*,
      grunder*, gruender*, mitgrunder*, gesellschafter*, unternehmer*, prasident*, pdg, directeur general, directrice generale, dg, gerant*, fondat*, cofondat*, co fondat*, proprietaire, dirigeant*, director* general, consejer* delegad*, dueno, duena,
      propietari*, fundador*, cofundador*, socio, socia, gerente general, diretor* geral, amministrat*, titolare, direttore generale, eigenaar*, bestuurder*, zaakvoerder*, oprichter*, vd, verkstallande direktor, toimitusjohtaja,
      prezes*, wlasciciel*, entrepreneur*, proprietor, генеральныи директор, основатель*, владелец*, президент*, *代表取締役*, *社長*, *创始人*, *总经理*, *总裁*`,
  },
]
