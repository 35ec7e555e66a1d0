package corpus

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// today is the day after which nothing has been published yet.
var today = time.Now

// months are the names of the months in the languages whose datelines are
// understood, from January on. A short form is the beginning of a name.
var months = func() map[string]int {
	out := map[string]int{}
	for i, names := range strings.Split(`january janvier enero januar januari jänner gennaio janeiro ocak января январь січня stycznia ledna ianuarie ιανουαρίου يناير كانون_الثاني|
		february février febrero februar februari feber febbraio fevereiro şubat февраля февраль лютого lutego února φεβρουαρίου فبراير شباط|
		march mars marzo märz mrz maart março mart марта март березня marca března martie μαρτίου مارس آذار|
		april avril abril aprile nisan апреля апрель квітня kwietnia dubna aprilie απριλίου أبريل ابريل إبريل نيسان|
		may mai mayo mei maj maggio maio mayıs мая май травня maja května μαΐου مايو أيار ماي|
		june juin junio juni giugno junho haziran июня июнь червня czerwca června iunie ιουνίου يونيو يونيه حزيران|
		july juillet julio juli luglio julho temmuz июля июль липня lipca července iulie ιουλίου يوليو يوليه تموز|
		august août aout agosto augustus ağustos августа август серпня sierpnia srpna αυγούστου أغسطس اغسطس آب|
		september septembre septiembre setiembre settembre setembro eylül сентября сентябрь вересня września září septembrie σεπτεμβρίου سبتمبر أيلول|
		october octobre octubre oktober ottobre outubro ekim октября октябрь жовтня października října octombrie οκτωβρίου أكتوبر اكتوبر تشرين_الأول|
		november novembre noviembre novembro kasım ноября ноябрь листопада listopadu noiembrie νοεμβρίου نوفمبر تشرين_الثاني|
		december décembre diciembre dezember dicembre dezembro aralık декабря декабрь грудня grudnia prosince decembrie δεκεμβρίου ديسمبر كانون_الأول`, "|") {
		for name := range strings.FieldsSeq(names) {
			out[strings.ReplaceAll(name, "_", " ")] = i + 1
		}
	}
	return out
}()

// month returns the number of the month of that name or short form, or 0.
func month(name string) int {
	name = strings.Join(strings.Fields(strings.ToLower(strings.TrimSuffix(name, "."))), " ")
	if m := months[name]; m > 0 || utf8.RuneCountInString(name) < 3 {
		return m
	}
	found := 0
	for long, m := range months {
		if strings.HasPrefix(long, name) {
			if found != 0 && found != m {
				return 0 // "mar" is March in Spanish and nothing else, "ju" might be two
			}
			found = m
		}
	}
	return found
}

const monthName = `(\p{L}[\p{L}\p{M}]{2,11}(?:\s(?:الأول|الثاني))?)\.?`

// dateForms are the ways in which a full date is written; order names what
// their groups hold.
var dateForms = []struct {
	order   string
	pattern *regexp.Regexp
}{
	{"ymd", regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]?\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|\s?[+-]\d{2}:?\d{2})?)?\b`)},
	{"ymd", regexp.MustCompile(`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]`)},
	{"yMd", regexp.MustCompile(`\b(\d{4})-` + monthName + `-(\d{1,2})\b`)},
	{"dMy", regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:(?:de|of|d’)\s+)?` + monthName + `,?[\s-]+(?:(?:de|del)\s+)?(\d{4})\b(?:\s*(?:г(?:ода|\.)?|року))?`)},
	{"Mdy", regexp.MustCompile(`(?:^|[^\p{L}])` + monthName + `[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})\b`)},
	{"??y", regexp.MustCompile(`\b(\d{1,2})([./-])(\d{1,2})([./-])(\d{4}|\d{2})\b`)},
}

// dayOrder says how a page writes a day and a month in figures.
type dayOrder int

const (
	unknownOrder dayOrder = iota
	dayFirst
	monthFirst
)

// orderOf returns the order that is usual in a language, written "en" or "en-GB".
// In English it differs from country to country.
func orderOf(language string) dayOrder {
	language = strings.ToLower(strings.ReplaceAll(language, "_", "-"))
	code, region, _ := strings.Cut(language, "-")
	switch {
	case code == "" || code == "en" && (region == "" || region == "ca"):
		return unknownOrder
	case region == "us" || region == "ph":
		return monthFirst
	case slices.Contains([]string{"zh", "ja", "ko", "hu", "lt", "fa"}, code):
		return unknownOrder // the year stands first there
	}
	return dayFirst
}

// regionOrder returns the order that a page's language and address tell. Where it is
// written in another language than it says, its region is a mistake, too.
func regionOrder(language, address string, blocks []block) dayOrder {
	code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "_", "-")), "-")
	text := sample(blocks)
	if found := languageOf(code, text, DetectLanguage(text)); found != code {
		language = found
	}
	if order := orderOf(language); order != unknownOrder || !strings.HasPrefix(strings.ToLower(language), "en") {
		return order
	}
	u, err := url.Parse(address)
	if err != nil {
		return unknownOrder
	}
	switch host := u.Hostname(); host[strings.LastIndex(host, ".")+1:] {
	case "uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "pk", "sg", "my", "hk", "eu":
		return dayFirst
	case "us", "gov", "edu", "mil":
		return monthFirst
	}
	return unknownOrder
}

// date is a date found in a line.
type date struct {
	Span
	day time.Time // zero where it cannot be told or cannot be
}

// findDates returns the full dates of a line, in order.
func findDates(s string, order dayOrder) []date {
	var out []date
	for _, form := range dateForms {
		for _, m := range form.pattern.FindAllStringSubmatchIndex(s, -1) {
			group := func(i int) string { return s[m[2*i]:m[2*i+1]] }
			number := func(i int) int { n, _ := strconv.Atoi(group(i)); return n }
			d := date{Span: Span{m[0], m[1]}}
			switch form.order {
			case "ymd":
				d.day = dayAt(number(1), number(2), number(3))
			case "yMd":
				d.day = dayAt(number(1), month(group(2)), number(3))
			case "dMy":
				d.day = dayAt(number(3), month(group(2)), number(1))
			case "Mdy":
				d.Start = m[2]
				d.day = dayAt(number(3), month(group(1)), number(2))
			default:
				if group(2) != group(4) {
					continue
				}
				d.day = figures(s, number(1), number(3), number(5), group(2), order)
			}
			if strings.Contains(form.order, "M") && month(group(1+strings.Index(form.order, "M"))) == 0 ||
				slices.ContainsFunc(out, func(other date) bool { return other.Overlaps(d.Span) }) {
				continue
			}
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b date) int { return a.Start - b.Start })
	return out
}

// american matches the time zones of a country that writes the month first,
// european those of others.
var (
	american = regexp.MustCompile(`\b[ECMP][SD]?T\b`)
	european = regexp.MustCompile(`\b(?:GMT|BST|IST|CES?T|EES?T|AE[SD]T|Uhr|MSK)\b|МСК|(?i:publi[éc]|mis[e]? à jour|veröff|pubblic|gepubl|опубл|نشر)`)
)

// figures reads a date such as 03/06/24. Where both readings are possible and
// nothing tells which is meant, it is no day rather than the wrong one. With full
// stops the day stands first everywhere.
func figures(line string, a, b, year int, between string, order dayOrder) time.Time {
	if year < 100 {
		if year += 2000; year > today().Year()+1 {
			year -= 100
		}
	}
	dm, md := dayAt(year, b, a), dayAt(year, a, b)
	if between == "." {
		return dm
	}
	if weekday, ok := weekdayOf(line); ok && !dm.IsZero() && !md.IsZero() && dm.Weekday() != md.Weekday() {
		if dm.Weekday() == weekday {
			return dm
		} else if md.Weekday() == weekday {
			return md
		}
	}
	if american.MatchString(line) {
		order = monthFirst
	} else if european.MatchString(line) {
		order = dayFirst
	}
	switch {
	case dm.Equal(md) || md.IsZero():
		return dm
	case dm.IsZero():
		return md
	case order == dayFirst:
		return dm
	case order == monthFirst:
		return md
	}
	return time.Time{}
}

// dayAt returns the day, or zero where there is none such, where it is yet to
// come, or where programs write it for want of a date.
func dayAt(year, month, day int) time.Time {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	switch {
	case d.Day() != day || int(d.Month()) != month || year < 1000 || d.After(today().UTC().AddDate(0, 0, 1)):
		return time.Time{}
	case slices.Contains([]string{"1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30", "1899-12-31", "1980-01-01", "1601-01-01", "1753-01-01"}, d.Format(time.DateOnly)):
		return time.Time{}
	}
	return d
}

// seconds matches a time as programs count it, with or without thousandths.
var (
	seconds = regexp.MustCompile(`^(\d{10})(?:\d{3})?$`)
	compact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$`)
)

// machineDay reads a date as a page writes it for programs: the day that a time
// shows where it was written, or zero.
func machineDay(s string, order dayOrder) time.Time {
	s = strings.TrimSpace(s)
	if m := seconds.FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		t := time.Unix(n, 0).UTC()
		return dayAt(t.Year(), int(t.Month()), t.Day())
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		s = m[1] + "-" + m[2] + "-" + m[3]
	}
	if found := findDates(westernDigits(s), order); len(found) == 1 {
		return found[0].day
	}
	return time.Time{}
}

// westernDigits writes the digits of Arabic, Persian and Hindi as 0 to 9.
func westernDigits(s string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{'٠', '۰', '०'} {
			if zero <= r && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, s)
}

// dayOf returns the day that a time shows where it was written, at 00:00 UTC.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
