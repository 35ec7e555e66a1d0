package main

import "fmt"

// arm64 writes the two multiplications for NEON. Most of its vector
// instructions are not in Go's assembler and stand as their numbers (Arm
// Architecture Reference Manual, C7.2).
func arm64() []byte {
	a := new(asm)
	a.header("arm64 && !purego")
	for _, width := range []int{8, 16} {
		a.text(fmt.Sprintf("mul%dNEON", width), "args *mulArgs", 8)
		a.p("MOVD args+0(FP), R0")
		a.p("MOVD %d(R0), R1\n\tMOVD %d(R0), R2\n\tMOVD %d(R0), R4\n\tMOVD %d(R0), R5\n\tMOVD %d(R0), R6", argResult, argStride, argRowBytes, argWeights, argBlocks)
		a.p("MOVD %d(R0), R8\n\tMOVD %d(R0), R9\n\tMOVD %d(R0), R10\n\tMOVD %d(R0), R11", argRowScale, argScale, argBias, argCount)
		for rows := 1; rows < 4; rows++ {
			a.p("CMP $%d, R11\n\tBEQ rows%d", rows, rows)
		}
		for rows := 4; rows > 0; rows-- {
			a.label("rows%d", rows)
			a.neon(rows, width)
		}
	}
	return a.Bytes()
}

// Registers: V0 to V5 weights, V6 the rows' pairs of inputs, V16 on the sums: four
// registers of four outputs for each row. R12 to R15 are the rows' addresses.
func (a *asm) neon(rows, width int) {
	a.label("block%d", rows)
	a.p("MOVD %d(R0), R12\n\tMOVD %d(R0), R7", argRows, argPairs)
	for r := 1; r < rows; r++ {
		a.p("ADD R4, R%d, R%d", 11+r, 12+r)
	}
	for i := range 4 * rows {
		a.p("VEOR V%d.B16, V%d.B16, V%d.B16", 16+i, 16+i, 16+i)
	}
	a.label("pair%d", rows)
	// V2 and V3 get the first inputs of the pairs of outputs 0 to 7 and 8 to 15, V4 and V5 the second ones.
	if width == 8 {
		a.p("VLD2.P 32(R5), [V0.B16, V1.B16]")
		a.extend(2, 0)
		a.extend(4, 1)
	} else {
		a.p("VLD2.P 32(R5), [V2.H8, V3.H8]\n\tVLD2.P 32(R5), [V0.H8, V1.H8]")
		a.p("VMOV V3.B16, V4.B16\n\tVMOV V0.B16, V3.B16\n\tVMOV V1.B16, V5.B16")
	}
	for r := range rows {
		a.p("VLD1.P 4(R%d), V6.S[%d]", 12+r, r)
	}
	for r := range rows {
		for input := range 2 {
			for half := range 2 {
				a.multiplyAdd(16+4*r+2*half, 2+2*input+half, 2*r+input)
			}
		}
	}
	a.p("SUBS $1, R7, R7\n\tBNE pair%d", rows)
	a.p("VLD1.P 64(R9), [V0.S4, V1.S4, V2.S4, V3.S4]") // scales
	a.p("MOVD R8, R3\n\tMOVD R1, R7")
	for r := range rows {
		a.p("VLD1R.P 4(R3), [V4.S4]")
		a.p("VLD1 (R10), [V8.S4, V9.S4, V10.S4, V11.S4]")
		for i := range 4 {
			sum := 16 + 4*r + i
			a.word(0x4E21D800, sum, sum, 0, "SCVTF")
			a.word(0x6E20DC00, sum, sum, 4, "FMUL")
			a.word(0x6E20DC00, sum, sum, i, "FMUL")
			a.word(0x4E20D400, sum, sum, 8+i, "FADD")
		}
		s := 16 + 4*r
		a.p("VST1 [V%d.S4, V%d.S4, V%d.S4, V%d.S4], (R7)", s, s+1, s+2, s+3)
		if r+1 < rows {
			a.p("ADD R2, R7, R7")
		}
	}
	a.p("ADD $64, R1, R1\n\tADD $64, R10, R10\n\tSUBS $1, R6, R6\n\tBNE block%d\n\tRET", rows)
}

// word writes an instruction on four float32 by its number.
func (a *asm) word(code, d, n, m int, name string) {
	a.p("WORD $0x%08X // %s V%d.4S, V%d.4S, V%d.4S", code|m<<16|n<<5|d, name, d, n, m)
}

// extend widens the 16 int8 of n to int16 in d and d+1.
func (a *asm) extend(d, n int) {
	a.p("WORD $0x%08X // SXTL V%d.8H, V%d.8B", 0x0F08A400|n<<5|d, d, n)
	a.p("WORD $0x%08X // SXTL2 V%d.8H, V%d.16B", 0x4F08A400|n<<5|(d+1), d+1, n)
}

// multiplyAdd adds the products of the eight int16 of n and one of V6 to the
// sums in d and d+1.
func (a *asm) multiplyAdd(d, n, lane int) {
	index := (lane>>2&1)<<11 | (lane>>1&1)<<21 | (lane&1)<<20
	a.p("WORD $0x%08X // SMLAL V%d.4S, V%d.4H, V6.H[%d]", 0x0F402000|index|6<<16|n<<5|d, d, n, lane)
	a.p("WORD $0x%08X // SMLAL2 V%d.4S, V%d.8H, V6.H[%d]", 0x4F402000|index|6<<16|n<<5|(d+1), d+1, n, lane)
}
