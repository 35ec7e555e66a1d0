package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// NumberKind says how a number word counts.
type NumberKind string

// The kinds of number word.
const (
	Cardinal   NumberKind = "cardinal"   // three: 3
	Multiplier NumberKind = "multiplier" // million: the number before it times 1,000,000
	Ordinal    NumberKind = "ordinal"    // third: 3
	Fraction   NumberKind = "fraction"   // half: 0.5
	Times      NumberKind = "times"      // twice: 2
	Vague      NumberKind = "vague"      // several: about how many it is at least
)

// Number is what a number word stands for.
type Number struct {
	Value float64
	Kind  NumberKind
}

// Unit is a unit of measure.
type Unit struct {
	Name      string  // "kilometre"
	Dimension string  // "length", "mass", "money", "time", "temperature", "share", …
	Factor    float64 // how many of the dimension's first unit it is; 0 where that is not fixed, as for currencies
}

// Date is a month or a weekday; the other of the two is the zero value, and
// Weekday counts only where Month is 0.
type Date struct {
	Month   time.Month
	Weekday time.Weekday
}

// addNumber reads "cardinal 3: three", "month 1: january, jan", "weekday 1:
// monday, mon" and "unit length 1000: kilometre, kilometer, km".
func (w *Words) addNumber(text string) error {
	head, items, err := headed(text)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return fmt.Errorf("%q has no words", head)
	}
	f := strings.Fields(head)
	value, err := strconv.ParseFloat(f[len(f)-1], 64)
	if err != nil {
		return fmt.Errorf("want a number at the end of %q", head)
	}
	kind := f[0]
	if kind == "unit" {
		if len(f) < 3 {
			return fmt.Errorf("want unit, dimension and factor, got %q", head)
		}
		return w.addUnit(&Unit{Name: items[0], Dimension: strings.Join(f[1:len(f)-1], " "), Factor: value}, items)
	}
	for _, item := range items {
		folded, k := w.enter(item)
		switch kind {
		case "month":
			w.dates[folded] = Date{Month: time.Month(value)}
		case "weekday":
			w.dates[folded] = Date{Weekday: time.Weekday(value)}
		case string(Cardinal), string(Multiplier), string(Ordinal), string(Fraction), string(Times), string(Vague):
			w.numbers[k] = Number{value, NumberKind(kind)}
		default:
			return fmt.Errorf("%q is no kind of number", kind)
		}
	}
	return nil
}

func (w *Words) addUnit(u *Unit, items []string) error {
	for _, item := range items {
		_, k := w.enter(item)
		if old, taken := w.units[k]; taken {
			return fmt.Errorf("%q is already a unit of %s", item, old.Dimension)
		}
		w.units[k] = u
	}
	return nil
}

// Number returns what a number word stands for; false if it is none. Numbers in
// digits are not looked at.
func (w *Words) Number(word string) (Number, bool) {
	if k := w.of(word); k != nil {
		return k.number, k.isNumber
	}
	for _, k := range w.keysOf(word) {
		if n, ok := w.numbers[k]; ok {
			return n, true
		}
	}
	return Number{}, false
}

// Unit returns the unit of measure that a word or sign stands for; false if it
// is none.
func (w *Words) Unit(word string) (Unit, bool) {
	if k := w.of(word); k != nil {
		if k.unit == nil {
			return Unit{}, false
		}
		return *k.unit, true
	}
	for _, k := range w.keysOf(word) {
		if u, ok := w.units[k]; ok {
			return *u, true
		}
	}
	return Unit{}, false
}

// Date returns the month or weekday that a word names; false if it names none.
// "May" and "March" are found as any other month: the caller must tell them from
// the verbs.
func (w *Words) Date(word string) (Date, bool) {
	if k := w.of(word); k != nil {
		return k.date, k.isDate
	}
	d, ok := w.dates[strings.ToLower(stripped(word))]
	return d, ok
}
