package index

// Pruned lets all searches go a passage at a time.
func (x *Index) Pruned() *Index { x.way = pruned; return x }

// Dense lets all searches that may go a term at a time.
func (x *Index) Dense() *Index { x.way = dense; return x }

// Either undoes both.
func (x *Index) Either() *Index { x.way = either; return x }

// BatchSize sets of how many entries a run is written.
func (w *Writer) BatchSize(n int) { w.batchSize = n }

const (
	ZapVersion   = zapVersion
	ZapChunkMode = zapChunkMode
	ZapFooter    = zapFooter
	ZapInverted  = zapInverted
	ZapOnce      = uint64(zapOnce)
	ZapOnceBits  = zapOnceBits
)

// Lists returns what a segment in memory reads of its files, to be damaged.
func (s *Segment) Lists() [][]byte {
	all := [][]byte{s.lists.data}
	for _, m := range s.marks {
		all = append(all, m.data, m.groups)
	}
	return all
}
