package corpus

import "testing"

// TestDefault loads the library that is built into the program.
func TestDefault(t *testing.T) {
	lib, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lib.Problems {
		t.Error(p)
	}
	if len(lib.Articles) == 0 || len(lib.Articles[0].Commands) != 2 {
		t.Errorf("got %d articles, want the shipped one with its two commands", len(lib.Articles))
	}
}
