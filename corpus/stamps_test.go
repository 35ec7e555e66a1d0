package corpus

import (
	"testing"
	"time"
)

// TestStamps reads lines that say when an article came out: the day, "?" where the
// line is a stamp and does not tell, "" where it is none.
func TestStamps(t *testing.T) {
	tests := []struct{ language, line, want string }{
		{"en", "Updated 1:39 am EST, Wednesday, March 6, 2024", "2024-03-06"},
		{"en", "Published 11:34 PM EST Mar 6, 2024", "2024-03-06"},
		{"en", "PUBLISHED: 10:48, Wed, Mar 6, 2024", "2024-03-06"},
		{"en", "March 6, 2024 / 1:07 AM / CBS News", "2024-03-06"},
		{"en", "Posted: Wed 6:45 PM, Mar 6, 2024\u00a0 |", "2024-03-06"},
		{"de", "06.03.2024, 08:57", "2024-03-06"},
		{"en", "By Justine Coleman - 03/06/24 11:04 PM EST", "2024-03-06"},
		{"en", "March 6, 2024", "2024-03-06"},
		{"en", "6th of March, 2024", "2024-03-06"},
		{"en", "Wednesday 6 March 2024 10.15 GMT", "2024-03-06"},
		{"en", "First published on Wed 6 Mar 2024 11.00 GMT", "2024-03-06"},
		{"en", "Last updated at 10:00 on 7 March 2024", "2024-03-07"},
		{"en", "Published March 6, 2024 Updated March 8, 2024", "2024-03-06"},
		{"en", "Updated: 8 March 2024, 9:00am; published: 6 March 2024", "2024-03-06"},
		{"en", "By Jane Roe and Sam Poe, The Mole Gazette | Mar. 6, 2024 at 5:00 p.m. EST", "2024-03-06"},
		{"en", "Jane Roe · 6 March 2024 · 4 min read", "2024-03-06"},
		{"en", "The Mole Gazette — 12 March 2024", "2024-03-12"},
		{"en", "Northhaven, 12 March 2024", "2024-03-12"},
		{"en", "2024-03-06T10:00:00+01:00", "2024-03-06"},
		{"en", "2024-03-06 10:15", "2024-03-06"},
		{"en", "06-Mar-2024", "2024-03-06"},
		{"en", "2024-Mar-06 10:15:00", "2024-03-06"},
		{"en", "Date: 03/03/2024", "2024-03-03"},
		{"en", "Published 25/12/2023", "2023-12-25"},
		{"en-US", "Published 03/06/2024", "2024-03-06"},
		{"en-GB", "Published 03/06/2024", "2024-06-03"},
		{"fr", "Publié le 03/06/2024 à 10h15", "2024-06-03"},
		{"en", "Published 03/06/2024", "?"},
		{"en", "Wed 03/06/2024", "2024-03-06"},
		{"en", "Published 1 day ago", "?"},
		{"en", "3 hours ago", "?"},
		{"en", "Updated Mar. 6, 10:48 AM", "?"},
		{"en", "Published March 6, 2050", "?"},
		{"en", "Posted on January 1, 1970", "?"},
		{"de", "Veröffentlicht am 6. März 2024 um 10:15 Uhr", "2024-03-06"},
		{"de", "Von Jane Roe, 6. März 2024", "2024-03-06"},
		{"de", "Stand: 06.03.2024 10:15 Uhr", "2024-03-06"},
		{"de", "Mittwoch, 6. März 2024", "2024-03-06"},
		{"de", "vor 3 Stunden", "?"},
		{"de", "Gestern um 9:15 Uhr", "?"},
		{"en", "Yesterday at 9:15 PM", "?"},
		{"en", "Today at Eastmole", ""},
		{"en", "Posted by Jane Roe on March 6, 2024 at 8:00am", "2024-03-06"},
		{"en", "Posted on March 6, 2024 by admin in News, Ports", "2024-03-06"},
		{"en", "By Jane Roe, Mole staff | March 6, 2024", "2024-03-06"},
		{"en", "The ramp was built on 6 March 2024 by Jane Roe", ""},
		{"en", "A song by Jane Roe, 6 March 2024", ""},
		{"fr", "Publié le 6 mars 2024 à 10h15 - Mis à jour le 7 mars 2024 à 11h00", "2024-03-06"},
		{"fr", "Par Jeanne Roux, le 1er mars 2024", "2024-03-01"},
		{"es", "Publicado el 6 de marzo de 2024 a las 10:15 h", "2024-03-06"},
		{"es", "Por Juana Ríos | miércoles, 6 de marzo de 2024", "2024-03-06"},
		{"it", "Pubblicato il 6 marzo 2024 alle 10:15", "2024-03-06"},
		{"pt", "Publicado em 06/03/2024 às 10h15", "2024-03-06"},
		{"ru", "Опубликовано 6 марта 2024 года, 10:15 МСК", "2024-03-06"},
		{"ru", "6 марта 2024 г.", "2024-03-06"},
		{"ru", "06.03.2024 | 10:15", "2024-03-06"},
		{"ar", "نشر في 6 مارس 2024", "2024-03-06"},
		{"ar", "الأربعاء، ٦ مارس ٢٠٢٤", "2024-03-06"},
		{"ar", "تاريخ النشر: 06/03/2024", "2024-03-06"},
		{"ja", "2024年3月6日 10:15", "2024-03-06"},
		{"nl", "Gepubliceerd op 6 maart 2024 om 10:15", "2024-03-06"},
		{"tr", "6 Mart 2024", "2024-03-06"},

		{"en", "Posted at 4:15 PM, Mar 06, 2024 and last updated 9:00 AM, Mar 07, 2024", "2024-03-06"},
		{"en", "Published on: Mar 6, 2024 04:15 pm (IST) | Updated on: Mar 7", "2024-03-06"},
		{"en", "Publié le 06/03/2024 à 17:05", "2024-03-06"},
		{"es", "Martes, 5 de marzo de 2024 | 17:05", "2024-03-05"},
		{"en", "By ANN LEE | PUBLISHED: March 6, 2024 at 4:15 p.m. | UPDATED: March 7, 2024 at 9:00 a.m.", "2024-03-06"},

		{"en", "The ferry ran aground on March 6, 2024.", ""},
		{"en", "What happened on March 6, 2024", ""},
		{"en", "From 6 March 2024 to 8 March 2024", ""},
		{"en", "6 March 2024 – 8 March 2024", ""},
		{"en", "Concert in the harbour, 6 March 2024", ""},
		{"en", "Summer fair, 12 June 2050", ""},
		{"en", "Mar 6", ""},
		{"en", "10:15", ""},
		{"en", "Published", ""},
		{"en", "The law was published on March 6, 2024", ""},
		{"en", "Version 1.2.2024", ""},
		{"en", "Room 12 Market 2024", ""},
		{"de", "Die Messe am 6. März 2024", ""},
		{"en", "A fire two days ago", ""},
	}
	for _, tt := range tests {
		s, ok := readStamp(tt.line, orderOf(tt.language))
		got := ""
		if ok {
			if got = "?"; !s.day.IsZero() {
				got = s.day.Format(time.DateOnly)
			}
		}
		if got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.language, tt.line, got, tt.want)
		}
	}
}
