package corpus

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// rule tells one kind of rubbish that a page carries besides its article.
type rule struct {
	reason  string   // as in [Dropped]
	max     int      // longest block that can be meant, in runes
	where   place    // where on the page it is rubbish
	pattern *pattern // matches the whole block
}

// place is a part of the page.
type place int

const (
	anywhere  place = iota
	afterForm       // below the start of a comment form
	atEdge          // before the first paragraph or below the last
)

// rules are tried in order on every block. They match whole blocks only, so a
// sentence in a paragraph that says "Share this" stays.
var rules = []rule{
	{"comment form", 120, anywhere, whole(`leave a (?:reply|comment)(?: to .*)?|(?:post|add|write) (?:a|your) comment|please enter your .*|cancel reply|save my name,? email.*|your email address will not be published.*|required fields are marked.*|you have entered an incorrect email.*|(?:no |\d+ )?(?:comments?|replies|responses?)(?: \(\d+\))?(?: (?:on|to) ".*")?|comments are closed.*|log ?in to (?:leave a comment|reply|comment).*|notify me of .*|(?:hinterlasse|schreibe) einen kommentar.*|kommentar (?:verfassen|hinterlassen)|laisser un commentaire.*|deja un comentario.*|lascia un commento.*|оставить комментарий.*`)},
	{"comment form", 60, afterForm, whole(`(?:your |full )?(?:name|e-?mail(?: address)?|website|url|comment|message)[ :*]*|submit|send|post comment|captcha.*|reply|sign in|register|δ`)},
	{"advertisement", 80, anywhere, whole(`(?:- )?(?:paid )?advertise?ments?(?: -)?|advertising|sponsored(?: content| links?)?|(?:story|article) continues (?:below|after).*|skip (?:ad|advert\w*)|scroll to continue.*|anzeige|werbung|publicidad|publicité|pubblicità|реклама|إعلان|广告`)},
	{"share line", 80, anywhere, whole(`share(?: this| the| full)?(?: (?:article|story|post|page|news))?(?: (?:on|via|with) .*)?:?|share .{0,20}\b(?:facebook|twitter|whatsapp|x|email)\b.*|(?:(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|email|e-mail|print|copy link|tweet|messenger|flipboard|tumblr|viber|line)[\s,|/·•]*){2,}|print this (?:article|page)|email this (?:article|page|story)|copy link|tweet this|click to share.*|artikel teilen|teilen|partager(?: cet article)?|compartir|condividi|поделиться`)},
	{"related link", 200, anywhere, whole(`(?:read (?:more|also|next)|also read|see also|related(?: (?:stor(?:y|ies)|articles?|coverage|news|topics?|posts?))?|recommended(?: stories)?|more (?:on|from)(?: this)?(?: (?:story|topic))?|more stories|you may also like|don't miss|watch(?: more| also)?|listen(?: to)?|keep reading|mehr zum thema|lesen sie auch|lire aussi|à lire aussi|leer más|lea también|te puede interesar|leggi anche|читайте также)(?: ?[:»→>|].*)?`)},
	{"related link", 60, anywhere, linksBelow},
	{"related link", 60, anywhere, whole(`(?:(?:recommended|powered) by \p{L}+|(?:get|download|try) (?:our|the) app|list of \d+ items|end of list|list \d+ of \d+.*|more on this story|what to know|top stories|most (?:read|popular|viewed)|trending(?: now)?|editor'?s picks?)`)},
	{"subscription line", 200, anywhere, whole(`(?:subscribe|sign up|register|join|get|enter your e-?mail).{0,120}\b(?:newsletters?|e-?mails?|inbox|updates|alerts|daily briefing|our channel|for free)\b.{0,80}|subscribe(?: now| today| here)?[.!]?|sign up(?: now| here)?[.!]?|newsletters?|abonnieren.{0,60}|s'abonner.{0,60}|suscríbete.{0,80}|iscriviti.{0,80}`)},
	{"follow line", 120, anywhere, whole(`(?:follow|like|find|join) (?:us|@\w+)(?: on| at|:)?.{0,80}|follow .{1,40} on (?:facebook|twitter|x|instagram|whatsapp|telegram|youtube|google news).{0,40}`)},
	{"cookie line", 500, anywhere, whole(cookieBegin + `\b.*\bcookies?\b.*\b` + cookieUse + `\b.*|` + cookieBegin + `\b.*\b` + cookieUse + `\b.*\bcookies?\b.*`)},
	{"cookie line", 60, anywhere, whole(`(?:accept|reject)(?: all)?(?: cookies)?|(?:allow|decline|refuse) (?:all|all cookies|cookies)|(?:accept|reject) and (?:close|continue)|(?:manage|change|cookie|consent|privacy)(?: my| your| cookie)? (?:settings|preferences|choices|options|consent|cookies)|(?:only )?(?:strictly )?(?:necessary|essential)(?: cookies)?(?: only)?|(?:we value|we care about) your privacy|your privacy(?: choices| matters.*)?|cookie (?:policy|notice|consent)|i (?:agree|accept)|got it!?|alle (?:cookies )?(?:akzeptieren|ablehnen)|tout (?:accepter|refuser)|(?:aceptar|rechazar) (?:todo|todas).*|принять все.*`)},
	{"cookie line", 500, anywhere, whole(`(?:we|with your (?:agreement|consent), we) and our (?:\d[\d,]* )?(?:trusted |advertising )?partners\b.{0,200}\b(?:store|use|process|access)\b.*|(?:by clicking|if you click|click) .{0,40}\b(?:accept|agree|consent|reject)\b.*\b(?:cookies?|consent|privacy|data|devices?)\b.*|this (?:web)?site is protected by recaptcha.*`)},
	{"navigation", 80, anywhere, whole(`skip to (?:main )?(?:content|navigation|links).*|(?:back to|return to) (?:top|home|homepage)|(?:next|previous|older|newer) (?:article|post|story|page)s?|load(?:ing)?(?: more)?[. …]*|show (?:more|less|comments)|view (?:all|comments).*|toggle \w+|menu|close|play video|now playing|listen to this (?:article|story)|(?:this )?article (?:is )?available in .*|\d+[ -]min(?:ute)?s?(?:[ -](?:read|listen|watch|video))?|(?:listen|watch|play)\b.{0,15}\b\d+:\d\d\b.{0,8}|(?:reading time|estimated reading time):? .*`)},
	{"copyright line", 250, anywhere, whole(`(?:©|\(c\) ?\d{4}|copyright ?(?:©|\(c\)|\d{4})).*|alle rechte vorbehalten.*|tous droits réservés.*|todos los derechos reservados.*`)},
	{"copyright line", 250, anywhere, whole(`.{0,100}\ball rights reserved\b.{0,80}`).with("all right")},
	{"byline", 200, atEdge, contributed},
	{"share line", 80, anywhere, whole(`this (?:story|article|post) has been shared [\d,.]+ times.?`)},
	{"subscription line", 200, anywhere, whole(`(?:want|like|enjoy|love|looking|get|need)\b[^.?!]{0,80}\? (?:sign up|subscribe|join|follow) .{0,120}`)},
	{"byline", 300, anywhere, whole(`\(?(?:additional )?(?:reporting|writing|editing) by .*`)},
	{"navigation", 80, anywhere, whole(`(?:already (?:an? |have an? )?(?:subscriber|member|account|subscribed|registered)|(?:have|got) an account|not a (?:subscriber|member))(?: yet)?\? (?:(?:sign|log) ?in|sign ?up|register|subscribe)(?: here| now| today)?[.!]?`)},
	{"navigation", 40, atEdge, whole(`(?:sign|log) ?in(?: (?:or|/) (?:register|sign up|subscribe|join))?|log ?out|register|my account|subscribe|menu|search|home|print|email|save(?: for later)?|add to (?:bookmarks|favou?rites|reading list)|supported by|listen|comments?|share|einloggen|anmelden|se connecter|iniciar sesión|accedi|войти|تسجيل الدخول`)},
	{"navigation", 200, atEdge, whole(`(?:tags?|tagged|topics?|categor(?:y|ies)|keywords|filed under|posted in|schlagw[oö]rter|themen|kategorien?|mots-clés|thèmes|étiquettes|etiquetas|temas|categorías|теги|метки|темы|рубрики?|الوسوم|وسوم)\s*:\s*\S.*`)},
	{"caption", 20, anywhere, whole(`1 ?/ ?\d{1,3}`)},
	{"caption", 120, anywhere, whole(`credits?\s?(?:\.{2,3}|…)\s?\S.*`)},
	{"address", 300, anywhere, whole(`(?:(?:https?://|www\.)\S+\s*)+`)},
	{"caption", 40, anywhere, whole(`(?:(?:view|hide|show|toggle|open|enlarge)(?: this| the| full)? )?(?:image|photo|picture|slide|caption|gallery|slideshow|bild|foto|légende|imagen|фото)(?: gallery| caption| \d+)?(?:[: ]+\d+ ?(?:of|/|von|sur|de|из)[ /]*\d+)?|\d+ (?:of|von|sur|из)[ /]*\d+(?: (?:image|photo|picture|slide)s?)?|\d+ (?:images|photos|pictures|slides)|image (?:source|copyright|caption)`)},
	{"caption", 120, anywhere, mustPattern(`^(?:(?i:image|photo|picture|video) (?i:copyright|source|credit|courtesy|via)(?:,|:| of| by)? ?\S.*[^.!?]|(?:.{2,60}(?:/|\b[Vv]ia ))?(?:\p{L}+/)?(?:AFP|AP|AP Photo|Associated Press|Reuters|REUTERS|EPA|EFE|dpa|DPA|PA|PA Media|PA Images|Getty|Getty Images|Shutterstock|Alamy|iStock|Anadolu|Xinhua|TASS|ТАСС|РИА Новости|picture alliance|imago)(?:/.{2,60}| [Vv]ia .{2,60})?)$`)},
	{"player notice", 200, anywhere, whole(`(?:media playback|(?:this|the) (?:video|slideshow|audio|content|player|page|site|website|feature|gallery|app|form)|your (?:browser|device)|playback|sorry, (?:this|your)|javascript|please (?:enable|turn on|activate|allow|upgrade)|you need to (?:enable|have)|to (?:view|watch|see|hear|play) this|an error (?:has )?occurred|dieses? (?:video|seite|slideshow)|cette (?:vidéo|page)|ce (?:contenu|diaporama)|este (?:vídeo|video|sitio)|esta (?:página|galería)|для просмотра|ваш браузер).{0,120}\b(?:unsupported|not supported|(?:does not|doesn't|do not) (?:currently )?(?:support|work)|requires? (?:javascript|flash|cookies)|(?:enable|disabled?|without|activez|aktivieren|active|включите) ?(?:javascript|.{0,40}browser)?|upgrade|cannot be played|can ?not be played|could not be loaded|unavailable|not available|is disabled|erfordert javascript|nécessite javascript|requiere javascript|не поддерживает)\b.{0,80}`)},
	{"related link", 150, anywhere, mustPattern(`^(?:(?i:click(?:ing)? here (?:for|to (?:get|read|see|sign|subscribe|watch|view|follow|download|join|listen))\b.*|(?:read|see|get|find) (?:more|the full \p{L}+|the latest)\b.{0,80}\b(?:by clicking|click) .*|tap here .*)|(?:READ|WATCH|CLICK|SEE|SIGN|GET|SUBSCRIBE|FOLLOW|DOWNLOAD|LISTEN|JOIN|VIEW|CHECK OUT)\b[^\p{Ll}]*\b(?:HERE|APP|NEWSLETTER|MORE|NOW|PODCAST)\b[^\p{Ll}]*)$`)},
	{"subscription line", 250, anywhere, whole(`.{0,150}\b(?:delivered|straight|sent|direct(?:ly)?) (?:daily |weekly |every (?:day|morning|week) )?to your (?:inbox|e-?mail|phone)\b.{0,60}`).with("to your")},
	{"subscription line", 250, anywhere, whole(`thank you for (?:signing up|subscribing|registering).{0,80}|by (?:signing up|subscribing|submitting|entering|providing|clicking).{0,60}\byou (?:agree|accept|consent|confirm|will receive|may receive)\b.*|(?:enter|type) your e-?mail.{0,60}|please enter a valid e-?mail.{0,30}|invalid e-?mail(?: address)?`)},
	{"byline", 100, atEdge, staffLine},
	{"caption", 250, anywhere, mustPattern(`^(?:.*[.;,(|–—-]\s*)?(?:Image|Photo|Photograph|Picture|Foto|Bild|Imagen|Фото|Crédit photo|Photo [Cc]redit|Image [Cc]redit|Credit|File [Pp]hoto|تصوير)s?\s*(?::|by\s|©)\s*[^.]{2,80}[.)]*$`).with("image", "photo", "picture", "foto", "bild", "Фото", "credit", "تصوير")},
	{"caption", 200, anywhere, mustPattern(`^.*(?:; from file(?:, \d{4})?|[(\[](?:(?i:file)(?: (?:photo|picture|image))?|AP Photo[^)]*|Reuters|AFP|EPA|Getty Images)[)\]])\.?$`).with(")", "]", "; from file")},
}

// maxRubbish is the longest block that any rule is about, in runes.
var maxRubbish = slices.MaxFunc(rules, func(a, b rule) int { return cmp.Compare(a.max, b.max) }).max

// contributed matches who helped with an article.
var contributed = whole(`.{2,120} (?:also )?contributed (?:to this (?:report|story|article)|reporting|research)\b.{0,60}`).with("contributed")

// Somebody may write about cookies that are baked. A notice begins with the
// site and says what is done with them.
const (
	cookieBegin = `(?:we|this (?:web)?site|our (?:web)?site|the (?:web)?site|by (?:continuing|using|clicking|browsing)|accept|cookies?|wir|diese (?:web)?site|diese webseite|ce site|nous|este sitio|questo sito)`
	cookieUse   = `(?:uses?|using|utili[sz]es?|accept|consent|agree|store|place|set|allow|help|device|browser|experience|analytics|traffic|partners|polic(?:y|ies)|settings|preferences|verwende\p{L}*|nutz\p{L}*|utilis\p{L}*|utiliza\p{L}*|usa|usamos)`
)

// credit matches the end of a caption that an article's paragraph may run on
// from: the photographer and the agency in brackets.
var credit = regexp.MustCompile(`\[[\p{Lu}\d@][^\[\]/\n]{1,60}/\s?[\p{Lu}\d][^\[\]\n]{1,80}\]|\[(?:[^\[\]\n]{0,60}\b)?(?:AFP|AP|AP Photo|EPA|EFE|dpa|Reuters|Getty(?: Images)?|Anadolu(?: Agency)?|Xinhua|TASS|Handout|Screengrab|File(?: [Pp]hoto)?|Courtesy[^\[\]\n]{0,60})\]|; from file, \d{4}\.`)

// maxCaption bounds a caption, in runes.
const maxCaption = 300

// sourceLine matches "SOURCE: SOMEBODY".
var sourceLine = mustPattern(`^(?i:sources?|quellen?|fuentes?|fonte|источники?|kaynak|πηγή|المصدر|来源|來源|स्रोत|nguồn)\s*[:：]\s*(\S.{0,120})$`)

// whole returns the pattern for whole blocks, in capitals or small letters.
func whole(expression string) *pattern {
	return mustPattern(`^(?is:` + expression + `)$`)
}

// found is what cleaning learns from the lines that it drops.
type found struct {
	source    string
	author    string
	published time.Time
	updated   bool // published is only when the page was changed
}

// clean takes out of the page what is not the article's text and notes it
// under dropped. What it keeps it leaves as it is; of a block it cuts nothing
// but a caption at its start.
func clean(p *page) found {
	var out []block
	var f found
	pos := position{top: true, foot: lastParagraph(p.blocks)}
	drop := func(b block, reason, text string) {
		p.dropped = append(p.dropped, Dropped{b.line, reason, text})
	}
	why := around(p.blocks)
	sentences, tries := 0, 0
	for i, b := range p.blocks {
		pos.at = i
		if reason := why[i]; reason != "" {
			drop(b, reason, b.text)
			continue
		}
		if b.figure {
			drop(b, "caption", b.text)
			continue
		}
		if end := captionEnd(b); end > 0 {
			if last := len(out) - 1; last >= 0 && b.under(out[last]) && looksLikeHeading(out[last].text) {
				drop(out[last], "caption", out[last].text)
				out = out[:last]
			}
			drop(b, "caption", b.text[:end])
			rest := strings.TrimSpace(b.text[end:])
			if rest == "" {
				continue
			}
			b.breaks = nil
			b.text = rest
		}
		if b.level == 0 && utf8.RuneCountInString(b.text) <= 160 {
			if m := sourceLine.FindStringSubmatch(b.text); m != nil {
				f.source = firstNonEmpty(f.source, strings.TrimRight(m[1], " ."))
				drop(b, "source line", b.text)
				continue
			}
			if (pos.top || pos.atFoot()) && tries < maxTries {
				tries++
				if s, ok := readStamp(b.text, p.order); ok && (pos.top && !(s.named && p.flat && i == 0 && !s.label) || pos.atFoot() && s.label) {
					f.note(s)
					if pos.top {
						f.author = firstNonEmpty(f.author, author(b.text))
					}
					drop(b, "dateline", b.text)
					continue
				}
			}
		}
		reason := rubbish(b, pos)
		announced := i > 0 && strings.HasSuffix(p.blocks[i-1].text, ":")
		if reason == "" && !announced && pos.isTeaser(b) {
			reason = "related link"
		}
		if reason == "" && (pos.top || pos.atFoot()) && b.level == 0 && slices.ContainsFunc(p.authors, func(a string) bool {
			return same(a, b.text) || same("by"+a, b.text)
		}) {
			reason = "byline"
		}
		if reason != "" && !(announced && reason == "address") {
			pos.form = pos.form || reason == "comment form"
			if pos.top && isByline(b.text) {
				f.author = firstNonEmpty(f.author, author(b.text))
			}
			drop(b, reason, b.text)
			continue
		}
		if b.level == 0 && endsSentence(b.text) {
			if sentences++; sentences > 1 || utf8.RuneCountInString(b.text) > maxName {
				pos.top = false
			}
		}
		out = append(out, b)
	}
	p.blocks = foot(out, p.authors, func(b block, reason string) { drop(b, reason, b.text) })
	slices.SortStableFunc(p.dropped, func(a, b Dropped) int { return cmp.Compare(a.Line, b.Line) })
	return f
}

// note keeps the day of a stamp: the first that says when the article came out,
// and until then the first that says when it was changed.
func (f *found) note(s stamp) {
	if f.published.IsZero() || f.updated && !s.updated && !s.day.IsZero() {
		f.published, f.updated = s.day, s.updated
	}
}

// position is where a block stands among the others.
type position struct {
	top  bool // before the first paragraph
	form bool // below the start of a comment form
	at   int
	foot int // the last paragraph; -1 where there is none
}

func (p position) atFoot() bool { return p.at > p.foot }

// isTeaser reports whether a block between paragraphs is nothing but the title of
// another page that it leads to.
func (p position) isTeaser(b block) bool {
	return !p.top && b.linked && b.level == 0 && len(b.breaks) == 0 && !endsSentence(b.text) && utf8.RuneCountInString(b.text) <= maxLink && strings.Contains(b.text, " ")
}

// lastParagraph returns where the last paragraph of some length stands, -1 where
// there is none.
func lastParagraph(blocks []block) int {
	for i := len(blocks) - 1; i >= 0; i-- {
		if b := blocks[i]; b.level == 0 && !b.figure && endsSentence(b.text) && utf8.RuneCountInString(b.text) > maxName && rubbish(b, position{}) == "" {
			return i
		}
	}
	return -1
}

// rubbish returns the reason of the first rule that matches the block, or "".
func rubbish(b block, pos position) string {
	if length := utf8.RuneCountInString(b.text); length <= maxRubbish {
		for i := range rules {
			r := &rules[i]
			switch {
			case length > r.max, r.where == afterForm && !pos.form, r.where == atEdge && !pos.top && !pos.atFoot():
				continue
			}
			// A heading that somebody marked as such is rubbish only where a form begins.
			if b.level > 0 && r.reason != "comment form" && r.reason != "related link" {
				continue
			}
			if r.pattern.MatchString(b.text) {
				return r.reason
			}
		}
	}
	if pos.top && b.level == 0 && isByline(b.text) {
		return "byline"
	}
	return ""
}

// captionEnd returns the length of the caption that the block begins with, its
// credit included, or 0 where it begins with none.
func captionEnd(b block) int {
	head := b.text[:min(len(b.text), maxCaption*utf8.UTFMax)]
	if b.level > 0 || !strings.Contains(head, "[") && !strings.Contains(head, "; from file") {
		return 0
	}
	at := credit.FindStringIndex(head)
	if at == nil || utf8.RuneCountInString(b.text[:at[0]]) > maxCaption {
		return 0
	}
	end := at[1]
	for end < len(b.text) {
		r, size := utf8.DecodeRuneInString(b.text[end:])
		if !isCloser(r) && r != '.' {
			break
		}
		end += size
	}
	// A paragraph that mentions a name in brackets goes on with its sentence.
	if rest := strings.TrimSpace(b.text[end:]); rest != "" && !startsUpper(rest) {
		return 0
	}
	return end
}
