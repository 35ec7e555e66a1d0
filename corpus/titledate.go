package corpus

import (
	"regexp"
	"strings"
	"time"
)

// holdsFrom matches the words before the day from which a text holds, in its title. Those
// that only tell when something was are none: "the fire of 3 May", "der Brand vom 3. Mai".
var holdsFrom = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:as of|from|(?:last )?(?:updated|revised)(?: on)?|effective(?: on)?|stand(?: vom)?|ab(?: dem)?|` +
	`à partir du|à jour (?:du|au)|dès le|a partir del?|desde el|actualizad[oa](?: el)?|с|по состоянию на|обновлено|اعتبار[اً]{1,2} من|ابتداء من)[\s:]*$`)

// titleDay returns the day that ends a title such as "Prices from 1 March 2026"; zero
// where none does.
func titleDay(title string, order dayOrder) time.Time {
	title = westernDigits(title)
	for _, d := range findDates(title, order) {
		if holdsFrom.MatchString(title[:d.Start]) && strings.Trim(title[d.End:], " .)]") == "" {
			return d.day
		}
	}
	return time.Time{}
}
