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
	reason  string         // as in [Dropped]
	max     int            // longest block that can be meant, in runes
	where   place          // where on the page it is rubbish
	pattern *regexp.Regexp // matches the whole block
}

// place is a part of the page.
type place int

const (
	anywhere  place = iota
	atTop           // before the first paragraph
	afterForm       // below the start of a comment form
)

// rules are tried in order on every block. They match whole blocks only, so a
// sentence in a paragraph that says "Share this" stays.
var rules = []rule{
	{"comment form", 120, anywhere, whole(`leave a (?:reply|comment)(?: to .*)?|(?:post|add|write) (?:a|your) comment|please enter your .*|cancel reply|save my name,? email.*|your email address will not be published.*|required fields are marked.*|you have entered an incorrect email.*|(?:no |\d+ )?(?:comments?|replies|responses?)(?: \(\d+\))?(?: (?:on|to) ".*")?|comments are closed.*|log ?in to (?:leave a comment|reply|comment).*|notify me of .*|(?:hinterlasse|schreibe) einen kommentar.*|kommentar (?:verfassen|hinterlassen)|laisser un commentaire.*|deja un comentario.*|lascia un commento.*|оставить комментарий.*`)},
	{"comment form", 60, afterForm, whole(`(?:your |full )?(?:name|e-?mail(?: address)?|website|url|comment|message)[ :*]*|submit|send|post comment|captcha.*|reply|sign in|register|δ`)},
	{"advertisement", 80, anywhere, whole(`(?:- )?(?:paid )?advertise?ments?(?: -)?|advertising|sponsored(?: content| links?)?|(?:story|article) continues (?:below|after).*|skip (?:ad|advert\w*)|scroll to continue.*|anzeige|werbung|publicidad|publicité|pubblicità|реклама|إعلان|广告`)},
	{"share line", 80, anywhere, whole(`share(?: this| the)?(?: (?:article|story|post|page|news))?(?: (?:on|via|with) .*)?:?|share .{0,20}\b(?:facebook|twitter|whatsapp|x|email)\b.*|(?:(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|email|e-mail|print|copy link|tweet|messenger|flipboard|tumblr|viber|line)[\s,|/·•]*){2,}|print this (?:article|page)|email this (?:article|page|story)|copy link|tweet this|click to share.*|artikel teilen|teilen|partager(?: cet article)?|compartir|condividi|поделиться`)},
	{"related link", 200, anywhere, whole(`(?:read (?:more|also|next)|also read|see also|related(?: (?:stor(?:y|ies)|articles?|coverage|news|topics?|posts?))?|recommended(?: stories)?|more (?:on|from)(?: this)?(?: (?:story|topic))?|more stories|you may also like|don't miss|watch(?: more| also)?|listen(?: to)?|keep reading|mehr zum thema|lesen sie auch|lire aussi|à lire aussi|leer más|lea también|te puede interesar|leggi anche|читайте также)(?: ?[:»→>|].*)?`)},
	{"related link", 60, anywhere, linksBelow},
	{"related link", 60, anywhere, whole(`(?:list of \d+ items|end of list|list \d+ of \d+.*|more on this story|what to know|top stories|most (?:read|popular|viewed)|trending(?: now)?|editor'?s picks?)`)},
	{"subscription line", 200, anywhere, whole(`(?:subscribe|sign up|register|join|get|enter your e-?mail).{0,120}\b(?:newsletters?|e-?mails?|inbox|updates|alerts|daily briefing|our channel|for free)\b.{0,80}|subscribe(?: now| today| here)?[.!]?|sign up(?: now| here)?[.!]?|newsletters?|abonnieren.{0,60}|s'abonner.{0,60}|suscríbete.{0,80}|iscriviti.{0,80}`)},
	{"follow line", 120, anywhere, whole(`(?:follow|like|find|join) (?:us|@\w+)(?: on| at|:)?.{0,80}|follow .{1,40} on (?:facebook|twitter|x|instagram|whatsapp|telegram|youtube|google news).{0,40}`)},
	{"cookie line", 500, anywhere, whole(cookieBegin + `\b.*\bcookies?\b.*\b` + cookieUse + `\b.*|` + cookieBegin + `\b.*\b` + cookieUse + `\b.*\bcookies?\b.*`)},
	{"cookie line", 60, anywhere, whole(`(?:accept|reject)(?: all)?(?: cookies)?|(?:allow|decline|refuse) (?:all|all cookies|cookies)|(?:accept|reject) and (?:close|continue)|(?:manage|change|cookie|consent|privacy)(?: my| your| cookie)? (?:settings|preferences|choices|options|consent|cookies)|(?:only )?(?:strictly )?(?:necessary|essential)(?: cookies)?(?: only)?|(?:we value|we care about) your privacy|your privacy(?: choices| matters.*)?|cookie (?:policy|notice|consent)|i (?:agree|accept)|got it!?|alle (?:cookies )?(?:akzeptieren|ablehnen)|tout (?:accepter|refuser)|(?:aceptar|rechazar) (?:todo|todas).*|принять все.*`)},
	{"cookie line", 500, anywhere, whole(`(?:we|with your (?:agreement|consent), we) and our (?:\d[\d,]* )?(?:trusted |advertising )?partners\b.{0,200}\b(?:store|use|process|access)\b.*|(?:by clicking|if you click|click) .{0,40}\b(?:accept|agree|consent|reject)\b.*\b(?:cookies?|consent|privacy|data|devices?)\b.*|this (?:web)?site is protected by recaptcha.*`)},
	{"navigation", 80, anywhere, whole(`skip to (?:main )?(?:content|navigation|links).*|(?:back to|return to) (?:top|home|homepage)|(?:next|previous|older|newer) (?:article|post|story|page)s?|load(?:ing)?(?: more)?[. …]*|show (?:more|less|comments)|view (?:all|comments).*|toggle \w+|menu|close|play video|now playing|listen to this (?:article|story)|(?:this )?article (?:is )?available in .*|\d+ min(?:ute)?s?(?: read)?|(?:reading time|estimated reading time):? .*`)},
	{"copyright line", 250, anywhere, whole(`(?:©|\(c\) ?\d{4}|copyright ?(?:©|\(c\)|\d{4})).*|.{0,100}\ball rights reserved\b.{0,80}|alle rechte vorbehalten.*|tous droits réservés.*|todos los derechos reservados.*`)},
	{"byline", 300, anywhere, whole(`\(?(?:additional )?(?:reporting|writing|editing) by .*`)},
	{"byline", 100, atTop, regexp.MustCompile(`^(?:(?i:by|written by|von|par|por)):?\s+(?:\p{Lu}[\p{L}.'’-]+,?(?:\s+(?:and|und|et|y|in|[|–—-]))?\s*){1,8}$`)},
	{"caption", 250, anywhere, regexp.MustCompile(`^(?:.*[.;,(|–—-]\s*)?(?:Image|Photo|Photograph|Picture|Foto|Bild|Imagen|Photo [Cc]redit|Image [Cc]redit|Credit|File [Pp]hoto)s?\s*(?::|by\s|©)\s*[^.]{2,80}[.)]*$`)},
	{"caption", 200, anywhere, regexp.MustCompile(`^.*(?:; from file(?:, \d{4})?|[(\[](?:(?i:file)(?: (?:photo|picture|image))?|AP Photo[^)]*|Reuters|AFP|EPA|Getty Images)[)\]])\.?$`)},
}

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
var sourceLine = regexp.MustCompile(`^(?i:sources?|quellen?|fuentes?|fonte|источники?|kaynak|πηγή|المصدر|来源|來源|स्रोत|nguồn)\s*[:：]\s*(\S.{0,120})$`)

// whole returns the pattern for whole blocks, in capitals or small letters.
func whole(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`^(?is:` + pattern + `)$`)
}

// found is what cleaning learns from the lines that it drops.
type found struct {
	source    string
	published time.Time
}

// clean takes out of the page what is not the article's text and notes it
// under dropped. What it keeps it leaves as it is; of a block it cuts nothing
// but a caption at its start.
func clean(p *page) found {
	var out []block
	var f found
	top, form := true, false
	drop := func(b block, reason, text string) {
		p.dropped = append(p.dropped, Dropped{b.line, reason, text})
	}
	why := around(p.blocks)
	for i, b := range p.blocks {
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
			if top && strings.ContainsAny(b.text, "0123456789") {
				if day, ok := dateLine(b.text); ok {
					if f.published.IsZero() {
						f.published = day
					}
					drop(b, "dateline", b.text)
					continue
				}
			}
		}
		if reason := rubbish(b, top, form); reason != "" {
			form = form || reason == "comment form"
			drop(b, reason, b.text)
			continue
		}
		if b.level == 0 && endsSentence(b.text) && utf8.RuneCountInString(b.text) > 60 {
			top = false
		}
		out = append(out, b)
	}
	p.blocks = out
	slices.SortStableFunc(p.dropped, func(a, b Dropped) int { return cmp.Compare(a.Line, b.Line) })
	return f
}

// rubbish returns the reason of the first rule that matches the block, or "".
func rubbish(b block, top, form bool) string {
	for _, r := range rules {
		if r.where == atTop && !top || r.where == afterForm && !form || len(b.text) > r.max*utf8.UTFMax {
			continue
		}
		// A heading that somebody marked as such is rubbish only where a form begins.
		if b.level > 0 && r.reason != "comment form" && r.reason != "related link" {
			continue
		}
		if utf8.RuneCountInString(b.text) <= r.max && r.pattern.MatchString(b.text) {
			return r.reason
		}
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
