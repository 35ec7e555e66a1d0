package taught

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"footnote/encoder"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// The vectors are the same to the last bit on every machine.
func TestVectors(t *testing.T) {
	const file = "testdata/vectors.golden"
	text := "Boats > Krag. The boats sank off Krag at 4:30 a.m.; “nobody” was hurt, says the coast guard. 東京 cafés " + strings.Repeat("waited ", 60)
	m := Model()
	var got strings.Builder
	for _, network := range []string{"find", "read"} {
		n := m.Network(network)
		if n == nil {
			t.Fatalf("there is no network %q", network)
		}
		begin, end := m.Marks()
		ids, types := []int32{begin}, []uint8{0}
		for i, p := range m.Pieces(text) {
			ids, types = append(ids, p.ID), append(types, uint8(min(i/7, 1)))
		}
		ids, types = append(ids, end), append(types, 1)
		sum := sha256.New()
		for _, x := range n.NewRunner().Run(ids, types) {
			b := math.Float32bits(x)
			sum.Write([]byte{byte(b), byte(b >> 8), byte(b >> 16), byte(b >> 24)})
		}
		got.WriteString(network + " " + hex.EncodeToString(sum.Sum(nil)) + "\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("with the kernel %s the vectors are\n%swant\n%s", encoder.Kernel(), got.String(), want)
	}
}

// Loading copies nothing, so that it takes no memory besides the file.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := encoder.Load(weights); err != nil {
			b.Fatal(err)
		}
	}
}

// Eight candidates of 60 pieces, as a question has them read.
func BenchmarkRead(b *testing.B) {
	r := Model().Network("read").NewRunner()
	ids, types := make([]int32, 60), make([]uint8, 60)
	for i := range ids {
		ids[i] = int32(2000 + 37*i)
	}
	for b.Loop() {
		for range 8 {
			r.Run(ids, types)
		}
	}
}
