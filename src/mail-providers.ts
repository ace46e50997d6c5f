/**
 * Mail providers, as a snapshot of 2026-11-21, so that training and serving see the same ones. It is part of the fingerprint:
 * another list is another feature.
 *
 * Free: from the npm package free-email-domains 1.12.6 (MIT, copyright Kiko Beats) those of the large providers and access
 * providers in their national forms, without the entries that are disposable, and some well-known ones that it lacks.
 * Disposable: from the npm package disposable-email-domains 1.0.62 (MIT, by Ilya Volodarsky) the well-known services. The
 * packages list 14,000 and 121,000 domains, most of them dead or somebody's shop; a rule on names finds more.
 */
export const FREE_MAIL_DOMAINS = `
  126.com 139.com 163.com 189.cn 1und1.de abv.bg accountant.com aim.com alice.it aliyun.com ameritech.net
  aol.co.uk aol.com aol.de aol.fr aon.at arcor.de arnet.com.ar atlas.cz att.net azet.sk bbox.fr bell.net
  bellsouth.net biglobe.ne.jp bigmir.net bigpond.au bigpond.com bigpond.com.au bigpond.net bigpond.net.au
  bk.ru bluewin.ch blueyonder.co.uk bol.com.br bredband.net btinternet.com btopenworld.co.uk btopenworld.com
  caramail.com casema.nl centrum.cz centrum.sk centurylink.net centurytel.net charter.net chello.at
  chello.nl chello.no citromail.hu clix.pt comcast.net comhem.se consultant.com cox.com cox.net daum.net
  docomo.ne.jp dr.com duck.com earthlink.net eircom.net email.com email.cz email.de email.ee email.it
  email.net email.nu email.org email.ro email.ru email.si email.su email.ua embarqmail.com engineer.com
  europe.com excite.co.jp excite.com excite.it ezweb.ne.jp fastmail.ca fastmail.cn fastmail.co.uk
  fastmail.com fastmail.com.au fastmail.es fastmail.fm fastmail.im fastmail.in fastmail.jp fastmail.mx
  fastmail.net fastmail.nl fastmail.se fastmail.to fastmail.tw fastmail.us fastwebnet.it foxmail.com
  free.com.pe free.fr freemail.com.au freemail.com.pk freemail.de freemail.et freemail.gr freemail.hu
  freemail.it freemail.lt freemail.ne.jp freemail.nl freenet.de freenet.kg frontier.com frontiernet.net
  gazeta.pl globo.com globomail.com gmail.com gmail.com.br gmail.or.at gmail.ru gmx.at gmx.ca gmx.ch
  gmx.co.uk gmx.com gmx.de gmx.es gmx.fr gmx.hk gmx.ie gmx.li gmx.net gmx.pt gmx.sg gmx.tw gmx.us
  googlemail.com hanmail.net hetnet.nl hey.com hey.to hispavista.com hispeed.ch home.de home.nl home.ro
  home.se hotmail.be hotmail.ca hotmail.ch hotmail.co hotmail.co.il hotmail.co.in hotmail.co.jp
  hotmail.co.kr hotmail.co.nz hotmail.co.th hotmail.co.uk hotmail.co.za hotmail.com hotmail.com.au
  hotmail.com.br hotmail.com.tr hotmail.cz hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr hotmail.gr
  hotmail.hu hotmail.it hotmail.jp hotmail.kg hotmail.kz hotmail.my hotmail.nl hotmail.no hotmail.ph
  hotmail.ru hotmail.se hotmail.sg hushmail.com i.am i.ua icloud.com ig.com.br iinet.net.au inbox.com
  inbox.lt inbox.lv inbox.net inbox.ru indiatimes.com infoseek.co.jp infoseek.jp interia.eu interia.pl
  iol.it iol.pt juno.com kolumbus.fi kpnmail.nl laposte.net latinmail.com libero.it list.ru live.at live.be
  live.ca live.cl live.cn live.co.kr live.co.uk live.co.za live.com live.com.ar live.com.au live.com.mx
  live.com.pt live.com.sg live.de live.dk live.fr live.hk live.ie live.in live.it live.jp live.nl live.no
  live.ru live.se luukku.com lycos.co.kr lycos.co.uk lycos.com lycos.es lycos.it lycos.ne.jp mac.com mail.az
  mail.be mail.bg mail.ch mail.co.za mail.com mail.com.tr mail.de mail.dk mail.ee mail.fr mail.gr mail.gw
  mail.lv mail.md mail.nu mail.pf mail.pt mail.ru mail.tm mail.vu mailbox.as mailbox.co.za mailbox.gr
  mailbox.hu mailbox.org mailbox.zip mailfence.com maktoob.com me.com meta.ua mindspring.com msn.cn
  msn.co.uk msn.com msn.nl mweb.co.za mynet.com myself.com naver.com netcabo.pt netcourrier.com
  netvision.net.il netzero.com netzero.net neuf.fr nifty.com nifty.ne.jp ntlworld.com o2.co.uk o2.pl
  o2online.de ocn.ne.jp onet.com.pl onet.eu onet.pl online.de online.ie online.nl online.no ono.com op.pl
  optonline.net optusnet.com.au orange.fr outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il
  outlook.co.nz outlook.co.th outlook.com outlook.com.au outlook.com.br outlook.com.gr outlook.com.pe
  outlook.com.tr outlook.com.vn outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu outlook.ie
  outlook.in outlook.it outlook.jp outlook.kr outlook.lv outlook.my outlook.nl outlook.ph outlook.pt
  outlook.sa outlook.sg outlook.sk outlook.tw pacbell.net pec.it planet.nl pm.me poczta.onet.pl post.com
  post.cz post.sk posteo.af posteo.at posteo.be posteo.ch posteo.cl posteo.co posteo.co.uk posteo.cr
  posteo.cz posteo.de posteo.dk posteo.ee posteo.es posteo.eu posteo.fi posteo.gl posteo.gr posteo.hn
  posteo.hr posteo.hu posteo.ie posteo.in posteo.is posteo.jp posteo.li posteo.lt posteo.lu posteo.me
  posteo.mx posteo.my posteo.net posteo.nl posteo.no posteo.nz posteo.org posteo.pe posteo.pl posteo.pm
  posteo.pt posteo.ro posteo.ru posteo.se posteo.sg posteo.si posteo.tn posteo.uk posteo.us
  privaterelay.appleid.com prodigy.net proton.me protonmail.ch protonmail.com proximus.be qq.com qq.my
  quicknet.nl r7.com rambler.ru rediff.com rediffmail.com roadrunner.com rocketmail.com rogers.com
  runbox.com sapo.pt sbcglobal.com sbcglobal.net scarlet.nl seznam.cz sfr.fr shaw.ca sify.com sina.cn
  sina.com sky.com skynet.be slingshot.com so-net.ne.jp softbank.id softbank.ne.jp sohu.com spray.no
  spray.se suddenlink.net sunrise.ch suomi24.fi sympatico.ca t-online.de t-online.hu talktalk.net techie.com
  tele2.nl tele2.no telefonica.net telenet.be telia.com telus.net terra.cl terra.com terra.com.ar
  terra.com.br terra.es tin.it tiscali.at tiscali.be tiscali.co.uk tiscali.it tiscali.lu tiscali.no
  tiscali.se tlen.pl tpg.com.au tuta.com tuta.io tutanota.de ukr.net unitybox.de uol.com.ar uol.com.br
  uol.com.co uol.com.mx uol.com.ve upcmail.nl usa.com usa.net users.noreply.github.com verizon.net
  videotron.ca virgilio.it virgin.net virginmedia.com vodafone.de vodafone.ne.jp vodafone.nl vodamail.co.za
  voila.fr walla.co.il walla.com wanadoo.es wanadoo.fr web.de webmail.co.yu webmail.co.za webmail.hu
  windowslive.com windstream.net wp.pl xs4all.nl xtra.co.nz ya.ru yahoo.ae yahoo.at yahoo.be yahoo.ca
  yahoo.ch yahoo.cn yahoo.co yahoo.co.id yahoo.co.il yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz
  yahoo.co.th yahoo.co.uk yahoo.co.za yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn
  yahoo.com.co yahoo.com.hk yahoo.com.is yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.ru yahoo.com.sg
  yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.cz yahoo.de yahoo.dk yahoo.es yahoo.fi yahoo.fr yahoo.gr
  yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.jp yahoo.nl yahoo.no yahoo.pl yahoo.pt yahoo.ro yahoo.ru
  yahoo.se yandex.by yandex.com yandex.kz yandex.pl yandex.ru yandex.ua yeah.net ymail.com ymail.ne.jp
  ziggo.nl zipmail.com zipmail.com.br zipmail.one zoho.com zohomail.com zoznam.sk
`

export const DISPOSABLE_MAIL_DOMAINS = `
  10minut.com.pl 10minutemail.be 10minutemail.co.uk 10minutemail.com 10minutemail.de 10minutemail.net
  10minutemail.nl 10minutemail.pl 10minutemail.us 10minutemail2.com 10minutemailbox.com 10minutemails.in
  10minutenemail.de 10minutesemail.net 10minutesmail.fr 10minutesmail.us 10minutetempemail.com
  10minutmail.pl 12minutemail.com 1secmail.com 1secmail.net 1secmail.org 20minute.email 20minutemail.com
  20minutemail.it 30minutemail.com 5minutemail.net 60minutemail.com alltempmail.com anonbox.net armyspy.com
  bccto.me besttempmail.com bspamfree.org burnermail.io byom.de chacuo.net cool.fr.nf crazymailing.com
  cuvox.de dayrep.com deadaddress.com discard.email discardmail.com discardmail.de disposable-1.net
  disposable-2.net disposable-3.net disposable-4.net disposable-mail.com disposable.al-sudani.com
  disposable.dhc-app.com disposable.nogonad.nl disposableaddress.com disposableemail.us disposableinbox.com
  disposablemails.com dispostable.com dropmail.cc dropmail.me easy-trash-mail.com easytrashmail.com
  edris.moakt.cc einrot.com einrot.de email-jetable.fr emaildrop.io emailfake.com emailondeck.com
  emailtemporal.org emailtemporario.com.br esiix.com fake-wegwerf.email fakeinbox.com fakeinbox.info
  fakemail.fr fakemail.io fakemailgenerator.com fakemailgenerator.net fakemailz.com fleckens.hu
  generator.email getnada.com gettempmail.com gmail.yopmail.fr grr.la guerrillamail.com guerrillamail.de
  guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com gustr.com harakirimail.com
  hidemail.de hottempmail.cc in.mailsac.com inboxkitten.com incognitomail.com incognitomail.net
  incognitomail.org intempmail.com jetable.com jetable.fr.nf jetable.net jetable.org jetableemail.com
  jetableemails.com jourrapide.com kurzepost.de linshiyouxiang.net luxusmail.org mail-jetable.com
  mail-temp.com mailcatch.com maildrop.cc mailexpire.com mailforspam.com mailimate.com mailinator.com
  mailinator.linkpc.net mailinator.net mailinator.org mailinator.us mailinator2.com mailmoat.com
  mailnesia.com mailnesia.net mailnull.com mailsac.com mailtemp.info mailtemporaire.com mailtemporaire.fr
  meltmail.com mintemail.com moakt.cc moakt.co moakt.com mobiletrashmail.com mohmal.com mohmal.in mvrht.com
  my10minutemail.com mytemp.email mytempemail.com mytrashmail.com mytrashmail.net mytrashmailer.com
  mytrashmailr.com nada.email newtempmail.com nospam.allensw.com nospam.barbees.net nospam.thurstons.us
  nospam.wins.com.br nospam2me.com nospam4.us nospamfor.us nospamme.com nospamthanks.info notatempmail.info
  notmailinator.com nwytg.net objectmail.com owlymail.com pokemail.net privatemailinator.nl protempmail.com
  proxymail.eu rajetempmail.com rcpt.at rhyta.com rootfest.net safetempmail.com sharklasers.com
  sofort-mail.de spam4.me spamail.de spamavert.com spambog.com spambog.de spambog.net spambog.ru spambox.us
  spamex.com spamfree.eu spamfree24.com spamfree24.de spamfree24.eu spamfree24.info spamfree24.net
  spamfree24.org spamgourmet.com spamgourmet.net spamgourmet.org stempmail.com superrito.com
  swift10minutemail.com tafmail.com teleworm.us temp-emails.com temp-mail.com temp-mail.de temp-mail.info
  temp-mail.org temp-mails.co temp-mails.com tempail.com tempemail.co tempemail.com tempemail.info
  tempemail.net tempemailaddress.com tempemailco.com tempemails.io tempinbox.co.uk tempinbox.com
  tempmail-1.net tempmail-2.net tempmail-3.net tempmail-4.net tempmail-5.net tempmail.co tempmail.com
  tempmail.de tempmail.io tempmail.it tempmail.us tempmail.yjml.net tempmail2.com tempmailapp.com
  tempmailco.com tempmaildemo.com tempmailer.com tempmailer.de tempmailer.net tempmailid.com tempmailid.net
  tempmailid.org tempmailin.com tempmailo.com tempmails.org tempmaily.com temporary-mail.net
  temporary-mailbox.com temporaryemail.com temporaryemail.net temporaryemail.us temporarymail.org
  temporarymailaddress.com tempr.email temptrashmail.com thanksnospam.info thetempmail.com throwawaymail.com
  tmail.ws tmailinator.com tmpmail.co tmpmail.net tmpmail.org trash-mail.at trash-mail.com trash-mail.de
  trashmail.at trashmail.com trashmail.de trashmail.es trashmail.fr trashmail.io trashmail.me trashmail.net
  trashmail.org trashmail.se trashmailer.com trashmailgenerator.de trashmails.com trashymail.com
  trashymail.net trbvm.com ultramailinator.com vmani.com wegwerf-emails.de wegwerfadresse.de wegwerfemail.de
  wegwerfemail.info wegwerfmail.de wegwerfmail.info wegwerfmail.net wegwerfmail.org wwjmp.com xojxe.com
  yoggm.com yopmail.com yopmail.fr yopmail.info yopmail.net yopmail.org zetmail.com
`

const DISPOSABLE_NAME =
  /temp-?e?mail|temporary-?e?mail|trash-?mail|\d\dminute-?mail|throwaway|disposable|guerrillamail|mailinator|yopmail|wegwerf|jetable|fake-?mail|burnermail/

/** What decides: it belongs into the fingerprint. */
export const MAIL_PROVIDER_RULES: readonly string[] = [
  FREE_MAIL_DOMAINS,
  DISPOSABLE_MAIL_DOMAINS,
  DISPOSABLE_NAME.source,
]

const FREE = domainSet(FREE_MAIL_DOMAINS)
const DISPOSABLE = domainSet(DISPOSABLE_MAIL_DOMAINS)

/** Whether anybody can have an address there. `domain` in lower case; sub-domains count as their parent. */
export function isFreeMail(domain: string): boolean {
  return isListed(FREE, domain)
}

/** Whether its addresses are thrown away after use. */
export function isDisposableMail(domain: string): boolean {
  return isListed(DISPOSABLE, domain) || DISPOSABLE_NAME.test(domain)
}

/** Whether the domain, in lower case, is one of these or a sub-domain of one. */
export function isListed(domains: ReadonlySet<string>, domain: string): boolean {
  for (let at = 0; at >= 0; ) {
    if (domains.has(domain.slice(at))) return true
    const dot = domain.indexOf('.', at)
    at = dot < 0 ? -1 : dot + 1
  }
  return false
}

/** An entry of a list of domains without the mark that says "and whatever is below it", which is meant anyway: *.x, .x, @x, *@x. */
export function withoutMark(entry: string): string {
  return entry.trim().replace(/^\*?[.@]/, '')
}

function domainSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
