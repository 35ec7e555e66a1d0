package shelf

import "math/bits"

// extent is how large a segment is, in passages.
type extent struct{ alive, dead int }

// How segments are merged: whenever so many of one size are there, a size being
// up to eight times the last; so that a passage is written anew once for each
// eightfold growth of the library. What is dead costs until its segment is written anew.
const (
	together = 8       // segments
	growth   = 3       // 1<<growth is how much larger the next size is
	largest  = 1 << 16 // passages of a segment that grows no more
	rotten   = 4       // a segment of which one in so many passages is dead is written anew
)

// toMerge returns which segments are to become one, by their places; none where
// all is well.
func toMerge(all []extent) []int {
	bySize := map[int][]int{}
	for i, e := range all {
		if e.alive > 0 && e.alive+e.dead < largest {
			size := bits.Len(uint(e.alive)) / growth
			if bySize[size] = append(bySize[size], i); len(bySize[size]) == together {
				return bySize[size]
			}
		}
	}
	for i, e := range all {
		if e.alive > 0 && e.dead*rotten > e.alive+e.dead {
			return []int{i}
		}
	}
	return nil
}
