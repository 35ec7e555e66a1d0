package shelf

import (
	"slices"
	"testing"
)

func TestToMerge(t *testing.T) {
	of := func(n int, e extent) []extent { return slices.Repeat([]extent{e}, n) }
	for _, c := range []struct {
		name string
		all  []extent
		want []int
	}{
		{"nothing", nil, nil},
		{"one", []extent{{20, 0}}, nil},
		{"a base and some edits", append([]extent{{15000, 100}}, of(7, extent{30, 0})...), nil},
		{"one edit more", append([]extent{{15000, 100}}, of(8, extent{30, 0})...), []int{1, 2, 3, 4, 5, 6, 7, 8}},
		{"sizes apart", slices.Concat(of(7, extent{30, 0}), of(7, extent{300, 0}), of(7, extent{3000, 0})), nil},
		{"a large build", of(8, extent{15000, 0}), []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{"so large that they stay", of(20, extent{1 << 17, 9}), nil},
		{"much is dead", []extent{{15000, 0}, {3000, 1500}}, []int{1}},
		{"some is dead", []extent{{15000, 0}, {3000, 900}}, nil},
		{"none is alive", append(of(9, extent{0, 30}), extent{30, 0}), nil},
	} {
		if got := toMerge(c.all); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// However a library grows, its segments stay few and each passage is written anew
// a few times only.
func TestMergesAreFew(t *testing.T) {
	var all []extent
	written, added, most := 0, 0, 0
	for range 20000 {
		all = append(all, extent{37, 0})
		added += 37
		for merged := toMerge(all); merged != nil; merged = toMerge(all) {
			sum := extent{}
			for _, i := range slices.Backward(merged) {
				sum.alive += all[i].alive
				all = slices.Delete(all, i, i+1)
			}
			written += sum.alive
			all = append(all, sum)
		}
		most = max(most, len(all))
	}
	t.Logf("%d segments at most, each passage written %.1f times", most, float64(written)/float64(added))
	if most > 60 || written > 8*added {
		t.Errorf("%d segments at most, each passage written %.1f times", most, float64(written)/float64(added))
	}
}
