package corpus

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A stamp is the line in which a page says when its article came out, often
// with a time, the author and the site: "Published 11:34 PM EST Mar 6, 2024",
// "By Jane Roe - 03/06/24", "3 hours ago". It is told by its parts: what is left
// when dates, times and the words around them are taken away is nothing, or who
// wrote it.
type stamp struct {
	day     time.Time // zero where the line does not tell
	updated bool      // tells only when the page was changed
	label   bool      // has a word such as "Published" in it
	named   bool      // names somebody or something besides
}

const (
	minStamp = 5   // shortest and longest stamp, in runes
	maxStamp = 160 //
	maxTries = 100 // lines of a page that are read as stamps
)

var (
	publishedLabel = word(`(?:first |originally |date )?(?:published|posted|issued|released|created)|date|dated|filed|publish date|pub(?:lication)? date|date of publication|veröffentlicht|erschienen|erstellt|datum|publi[ée]e?|mise? en ligne|paru|date de publication|publicad[oa]|fecha(?: de publicación)?|publicação|pubblicato|gepubliceerd|geplaatst|publicerad|udgivet|publisert|opublikowano|yayın(?:lanma)?(?: tarihi)?|опубликован[оа]?|размещено|дата(?: публикации)?|опубліковано|تاريخ النشر|نشرت? في|نُشر(?: في)?|نشر|التاريخ|公開|掲載|发布时间|发表于|发布于`)
	updatedLabel   = word(`(?:last |latest )?(?:updated?|modified|edited|revised|changed|reviewed)|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|stand|mise? à jour|modifiée?|actualizad[oa]|atualizad[oa]|aggiornato|bijgewerkt|laatst gewijzigd|uppdaterad|opdateret|oppdatert|zaktualizowano|aktualizováno|güncelle(?:me|ndi)(?: tarihi)?|обновлен[оа]?|изменено|оновлено|آخر تحديث|تحديث|تم التحديث|更新(?:时间)?`)
	clock          = regexp.MustCompile(`(?i)\b(?:\d{1,2}\s?[:.]\s?\d{2}(?:\s?[:.]\s?\d{2})?\s*(?:[ap]\.?\s?m\b\.?|uhr\b|h\b)?|\d{1,2}\s*(?:[ap]\.?\s?m\b\.?|uhr\b)|\d{1,2}\s?h\s?(?:\d{2}|\b)(?:\s?min)?)|(?:\d{1,2}:\d{2})\s*(?:صباحا|مساء|ص|م)?`)
	zone           = regexp.MustCompile(`\(?\b(?:UTC|GMT|BST|IST|WES?T|CES?T|EES?T|[ECMP][SD]?T|AE[SD]T|AW?ST|NZ[SD]T|JST|KST|MSK|SGT|HKT|PKT|SAST|WIB|Z|(?i:local time|heure de paris|eastern(?: time)?|pacific(?: time)?))\b(?:\s?[+-]\d{1,2}(?::?\d{2})?)?\)?|\(?(?:МСК|мск|بتوقيت غرينتش|توقيت غرينتش)\)?|[+-]\d{2}:?\d{2}\b`)
	ago            = regexp.MustCompile(`(?i)\b(?:(?:about |over |almost )?(?:\d+|an?|one|two|three|a few|several)\s?(?:s|m|h|d|w|mo|y|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|wks?|months?|years?|yrs?)\.? ago|just now|(?:yesterday|today|gestern|heute|hier|aujourd['’]hui|ayer|hoy),? (?:at|um|à|a las) |vor (?:\d+|einer?|einem|wenigen) (?:sekunden?|min(?:uten?)?\.?|stunden?|std\.?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)|il y a (?:\d+|une?) (?:secondes?|min(?:utes?)?|h|heures?|jours?|semaines?|mois|ans?)|hace (?:\d+|una?) (?:segundos?|min(?:utos?)?|h|horas?|días?|semanas?|mes(?:es)?|años?)|há (?:\d+|uma?) (?:minutos?|horas?|dias?|semanas?|mês|meses|anos?)|\d+ (?:minuti|ore|giorni|settimane|mesi|anni) fa|\d+ (?:minuten|uur|uren|dagen|weken|maanden|jaar) geleden)\b|\d+ (?:минут\p{L}*|час\p{L}*|дн\p{L}+|день|недел\p{L}+|месяц\p{L}*) назад|(?:منذ|قبل) \d* ?(?:دقيقة|دقائق|ساعة|ساعات|يوم|أيام|يومين|ساعتين|أسبوع|أسابيع|شهر|أشهر)|\d+ ?(?:分|時間|小时|天|日)前`)
	// partial matches a day without its year. Which one it is a page leaves to its reader.
	partial = regexp.MustCompile(`(?:^|[^\p{L}])` + monthName + `\s+\d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th|er|\.)?\s+` + monthName)
	reading = regexp.MustCompile(`(?i)\b\d+(?:\s?[–-]\s?\d+)?[\s-]?(?:min(?:ute)?s?\.?(?: (?:read|to read|lesezeit|de lecture|de lectura))?|comments?|views?|shares?|words|kommentare?|commentaires?|comentarios?)\b|\d+ (?:мин(?:ут\p{L}*)?|просмотр\p{L}*|комментари\p{L}*)|(?i:\b(?:reading time|lesezeit|temps de lecture|tiempo de lectura|время (?:на )?чтени[ея])\b)`)
	// small matches the little words between the parts of a stamp.
	small  = word(`on|at|as of|the|am|um|den|der|dem|uhr|le|la|el|à|às|a las?|las|em|op|om|alle|ore|il|kl\.?|в|от|о|у|في|الساعة|يوم`)
	writer = regexp.MustCompile(`(?i)^(?:(?:written |reported |story |text |posted )?by|von|text|par|por|de|da|door|av|af|author|autor(?:in)?|auteur|автор|текст|от|بقلم|كتب|كتبت)(?:\s*:\s*|\s+)`)
	joints = regexp.MustCompile(`[\s,;:|/·•–—()<>»\[\]\x{200e}\x{200f}_*-]+`)
)

// word returns the pattern for these words in capitals or small letters. What stands
// beside them belongs to the match: a space between two such words must be double.
func word(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{N}])(?:` + strings.ReplaceAll(words, " ", " +") + `)(?:$|[^\p{L}\p{N}])`)
}

// weekdays are the days of the week as datelines write them, from Sunday on.
var weekdays = func() map[string]time.Weekday {
	out := map[string]time.Weekday{}
	for i, names := range strings.Split(`sunday sun sonntag so dimanche dim domingo dom domenica zondag zo воскресенье вс неділя pazar الأحد|
		monday mon montag mo lundi lun lunes lunedì segunda-feira maandag ma понедельник пн понеділок pazartesi الاثنين الإثنين|
		tuesday tue tues dienstag di mardi mar martes martedì terça-feira dinsdag вторник вт вівторок salı الثلاثاء|
		wednesday wed weds mittwoch mi mercredi mer miércoles mié mercoledì quarta-feira woensdag wo среда ср середа çarşamba الأربعاء|
		thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì gio quinta-feira donderdag четверг чт четвер perşembe الخميس|
		friday fri freitag fr vendredi ven viernes vie venerdì sexta-feira vrijdag vr пятница пт пʼятниця cuma الجمعة|
		saturday sat samstag sa samedi sam sábado sáb sabato sab zaterdag za суббота сб субота cumartesi السبت`, "|") {
		for name := range strings.FieldsSeq(names) {
			out[name] = time.Weekday(i)
		}
	}
	return out
}()

// weekdayOf returns the day of the week that a line names, of several the first.
func weekdayOf(s string) (time.Weekday, bool) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		if day, ok := weekdays[w]; ok && utf8.RuneCountInString(w) > 2 {
			return day, true
		}
	}
	return 0, false
}

// readStamp reads a line as a stamp; ok is false where it says anything else.
func readStamp(line string, order dayOrder) (s stamp, ok bool) {
	if utf8.RuneCountInString(line) > maxStamp {
		return s, false
	}
	line = westernDigits(strings.Join(strings.Fields(line), " "))
	if !strings.ContainsAny(line, "0123456789") && !ago.MatchString(line) || utf8.RuneCountInString(line) < minStamp {
		return s, false
	}
	found := findDates(line, order)
	rest, from, days := "", 0, map[bool][]time.Time{}
	unlabelled := 0
	mark := func(before string) (updated, label bool) {
		p, u := lastIndex(publishedLabel, before), lastIndex(updatedLabel, before)
		return u > p, max(u, p) >= 0
	}
	for _, d := range found {
		updated, label := mark(line[from:d.Start])
		if !label {
			unlabelled++
		}
		s.label = s.label || label
		days[updated] = append(days[updated], d.day)
		rest += line[from:d.Start] + " | "
		from = d.End
	}
	rest += line[from:]
	if unlabelled > 1 && !days[false][0].Equal(days[false][len(days[false])-1]) {
		return s, false // from one day to another
	}
	if _, label := mark(rest); label {
		s.label = true
	}
	timed := clock.MatchString(rest)
	relative := ago.MatchString(rest)
	rest = ago.ReplaceAllString(reading.ReplaceAllString(rest, "|"), "|")
	if m := partial.FindStringSubmatch(rest); m != nil && month(m[1]+m[2]) != 0 && (s.label || timed) {
		rest = partial.ReplaceAllString(rest, "|")
	} else if len(found) == 0 && !relative {
		return s, false
	}
	for _, part := range []*regexp.Regexp{zone, clock, publishedLabel, updatedLabel, small} {
		rest = part.ReplaceAllString(strings.ReplaceAll(rest, " ", "  "), " | ")
	}
	if named, ok := whose(rest); !ok || named && !s.label && !timed && !separated(line) && !bylineMark.MatchString(line) {
		return s, false
	} else {
		s.named = named
	}
	switch {
	case len(days[false]) > 0:
		s.day = days[false][0]
	case len(days[true]) > 0:
		s.day, s.updated = slices.MinFunc(days[true], time.Time.Compare), true
	}
	// A day that is yet to come is a day for something.
	return s, s.label || len(found) == 0 || !s.day.IsZero() || timed || ambiguous(line)
}

// ambiguous reports whether a date of the line can be read in two ways.
func ambiguous(line string) bool {
	a, b := findDates(line, dayFirst), findDates(line, monthFirst)
	return len(a) > 0 && len(b) > 0 && !a[0].day.Equal(b[0].day)
}

func lastIndex(pattern *regexp.Regexp, s string) int {
	at := -1
	for _, m := range pattern.FindAllStringIndex(s, -1) {
		at = m[0]
	}
	return at
}

// separated reports whether a line has its parts set off from one another.
func separated(line string) bool {
	return strings.ContainsAny(line, "|/·•–—") || strings.Contains(line, " - ") || strings.Contains(line, ", ") || strings.Contains(line, "،")
}

// whose reports whether what is left of a stamp names somebody or something; ok
// is false where it says more than that.
func whose(rest string) (named, ok bool) {
	rest = strings.TrimLeft(rest, " |,;:/·•–—-")
	signed := writer.FindStringIndex(rest)
	if signed == nil {
		signed = authorMark.FindStringIndex(rest)
	}
	if signed != nil {
		rest = rest[:signed[0]] + " " + rest[signed[1]:]
	}
	words := 0
	for _, w := range joints.Split(rest, -1) {
		w = strings.Trim(w, ".")
		if _, day := weekdays[strings.ToLower(w)]; w == "" || day {
			continue
		}
		if words == 0 && (w == "and" || w == "und" || w == "et" || w == "y" || w == "и" || w == "&") {
			continue // between two days
		}
		if signed != nil && (nobody[w] || w == "in") {
			continue
		}
		if !isNameWord(w) || words == 0 && nameJoints[w] {
			return false, false
		}
		words++
	}
	return words > 0, words <= maxNameWords
}

const maxNameWords = 10

// nameJoints are the small words inside names.
var nameJoints = setOf(`of|the|and|for|de|la|del|van|von|der|den|da|di|du|des|et|und|y|e|al|el|bin|ibn|&|и`)

// isNameWord reports whether a word may be part of a name: it begins with a
// capital, is written without capitals in its language, or joins two that are.
func isNameWord(w string) bool {
	if nameJoints[w] {
		return true
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"'“”‘’«@`))
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}
