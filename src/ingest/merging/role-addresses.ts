/** Addresses of an office or a role: whoever reads them, they tell nobody apart. */

const ROLES: ReadonlySet<string> = new Set(
  `abuse accounting accounts admin administracion administration administrator all anfrage bestellung billing booking
  bookings buchhaltung bureau career careers compliance comercial commercial contabilidad contact contacto contatti contato
  customerservice datenschutz design dev developer developers digital direction direktion einkauf email empfang enquiries
  enquiry equipe events everyone export facturacion feedback finance finanzen firma general geschaeftsfuehrung hallo hello
  help helpdesk hi hostmaster hr human humanresources import info information infos inquiry invoice invoices it itsupport jobs
  kontakt kundenservice kontor leads legal logistics mail mailbox mailer-daemon management marketing media news newsletter
  no-reply nobody noemail none noreply null office oficina online operations order orders partner partners personal post
  postmaster postmottak presse press privacy procurement purchase purchasing reception receptie recruiting recruitment
  redaktion registration rezeption root sales secretariat sekretariat service services shop spam staff studio subscribe support
  team tech technik test unknown unsubscribe ventas verkauf verkoop vertrieb verwaltung web webmaster welcome zentrale`.split(
    /\s+/,
  ),
)

/** `mail` is normalised. Numbers and +tags do not make a person of a role: info2@, sales+eu@. */
export function isRoleAddress(mail: string): boolean {
  const local = mail.slice(0, mail.lastIndexOf('@')).replace(/\+.*$/, '')
  return ROLES.has(local) || ROLES.has(local.replace(/[\d._-]+$/, '')) || !/\p{L}/u.test(local)
}
