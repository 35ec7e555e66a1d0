package main

import (
	"fmt"
	"math"
	"strings"
)

// constants are those of exact.go, eight times each.
var constants = []struct {
	name string
	bits uint32
}{
	{"magic", f32(12582912)}, {"magicBits", 0x4B400000}, {"log2e", f32(1.44269504)}, {"ln2High", f32(0.693359375)},
	{"ln2Low", f32(-2.12194440e-4)}, {"lowest", f32(-87)}, {"exp0", f32(1.9875691500e-4)}, {"exp1", f32(1.3981999507e-3)},
	{"exp2", f32(8.3334519073e-3)}, {"exp3", f32(4.1665795894e-2)}, {"exp4", f32(1.6666665459e-1)}, {"exp5", f32(5.0000001201e-1)},
	{"erfP", f32(0.3275911)}, {"erf1", f32(0.254829592)}, {"erf2", f32(-0.284496736)}, {"erf3", f32(1.421413741)},
	{"erf4", f32(-1.453152027)}, {"erf5", f32(1.061405429)}, {"halfRoot", f32(0.70710678)}, {"one", f32(1)}, {"half", f32(0.5)},
	{"bias", 127}, {"size", 0x7FFFFFFF}, {"sign", 0x80000000}, {"epsilon", f32(1e-12)}, {"shares", f32(32767)},
}

func f32(x float32) uint32 { return math.Float32bits(x) }

// constant is the address of a constant.
func constant(name string) string {
	for i, c := range constants {
		if c.name == name {
			return fmt.Sprintf("constants<>+%d(SB)", i*32)
		}
	}
	panic(name)
}

func amd64() []byte {
	a := new(asm)
	a.header("amd64 && !purego")
	a.WriteByte('\n')
	for i, c := range constants {
		for j := range 8 {
			fmt.Fprintf(a, "DATA constants<>+%d(SB)/4, $0x%08x\n", i*32+j*4, c.bits)
		}
	}
	fmt.Fprintf(a, "GLOBL constants<>(SB), RODATA|NOPTR, $%d\n", len(constants)*32)
	for _, width := range []int{8, 16} {
		a.multiply(fmt.Sprintf("mul%dAVX2", width), 6, func(rows int) { a.avx2(rows, width) })
		a.multiply(fmt.Sprintf("mul%dAVX512", width), 12, func(rows int) { a.avx512(rows, width) })
	}
	a.quant()
	a.gelu()
	a.softmax()
	a.addNorm()
	return a.Bytes()
}

// multiply writes a function with a part for each number of rows up to most.
func (a *asm) multiply(name string, most int, part func(rows int)) {
	a.text(name, "args *mulArgs", 8)
	a.p("MOVQ args+0(FP), R14")
	a.p("MOVQ %d(R14), DI\n\tMOVQ %d(R14), SI\n\tMOVQ %d(R14), R9\n\tMOVQ %d(R14), R11\n\tMOVQ %d(R14), R12", argResult, argStride, argRowBytes, argWeights, argBlocks)
	a.p("MOVQ %d(R14), AX\n\tMOVQ %d(R14), BX\n\tMOVQ %d(R14), DX\n\tMOVQ %d(R14), CX", argRowScale, argScale, argBias, argCount)
	for rows := 1; rows < most; rows++ {
		a.p("CMPQ CX, $%d\n\tJEQ rows%d", rows, rows)
	}
	for rows := most; rows > 0; rows-- {
		a.label("rows%d", rows)
		part(rows)
	}
}

// bases are the registers that hold the address of every third row.
var bases = []string{"R8", "R10", "R13", "R15"}

// row is where row i of the numbers stands.
func row(i int) string { return "(" + bases[i/3] + ")" + []string{"", "(R9*1)", "(R9*2)"}[i%3] }

// rowBases sets the registers of rows.
func (a *asm) rowBases(rows int) {
	a.p("MOVQ %d(R14), R8\n\tMOVQ %d(R14), CX", argRows, argPairs)
	for i := 1; i <= (rows-1)/3; i++ {
		a.p("LEAQ (%s)(R9*2), %s\n\tADDQ R9, %s", bases[i-1], bases[i], bases[i])
	}
}

// nextPair goes on to the next pair of inputs, or to the end.
func (a *asm) nextPair(rows, step int, label string) {
	a.p("ADDQ $%d, R11", step)
	for i := 0; i <= (rows-1)/3; i++ {
		a.p("ADDQ $4, %s", bases[i])
	}
	a.p("DECQ CX\n\tJNZ %s\n\tMOVQ DI, R13", label)
}

// nextBlock goes on to the next 16 outputs, or returns.
func (a *asm) nextBlock(label string) {
	a.p("ADDQ $64, DI\n\tADDQ $64, BX\n\tADDQ $64, DX\n\tDECQ R12\n\tJNZ %s\n\tVZEROUPPER\n\tRET", label)
}

func (a *asm) avx2(rows, width int) {
	a.label("block%d", rows)
	a.rowBases(rows)
	for i := range 2 * rows {
		a.p("VPXOR Y%d, Y%d, Y%d", i, i, i)
	}
	a.label("pair%d", rows)
	if width == 8 {
		a.p("VPMOVSXBW (R11), Y12\n\tVPMOVSXBW 16(R11), Y13")
	} else {
		a.p("VMOVDQU (R11), Y12\n\tVMOVDQU 32(R11), Y13")
	}
	for i := range rows {
		a.p("VPBROADCASTD %s, Y14\n\tVPMADDWD Y12, Y14, Y15\n\tVPADDD Y15, Y%d, Y%d\n\tVPMADDWD Y13, Y14, Y14\n\tVPADDD Y14, Y%d, Y%d",
			row(i), 2*i, 2*i, 2*i+1, 2*i+1)
	}
	a.nextPair(rows, 4*width, fmt.Sprintf("pair%d", rows))
	for i := range rows {
		a.p("VBROADCASTSS %d(AX), Y12", 4*i)
		for h := range 2 {
			y := 2*i + h
			a.p("VCVTDQ2PS Y%d, Y%d\n\tVMULPS Y12, Y%d, Y%d\n\tVMULPS %d(BX), Y%d, Y%d\n\tVADDPS %d(DX), Y%d, Y%d\n\tVMOVUPS Y%d, %d(R13)",
				y, y, y, y, 32*h, y, y, 32*h, y, y, y, 32*h)
		}
		if i+1 < rows {
			a.p("ADDQ SI, R13")
		}
	}
	a.nextBlock(fmt.Sprintf("block%d", rows))
}

// avx512 is avx2 with a multiplication and its addition in one instruction
// (VNNI), 16 outputs in a register and twelve rows at once.
func (a *asm) avx512(rows, width int) {
	a.label("block%d", rows)
	a.rowBases(rows)
	for i := range rows {
		a.p("VPXORD Z%d, Z%d, Z%d", i, i, i)
	}
	a.label("pair%d", rows)
	if width == 8 {
		a.p("VPMOVSXBW (R11), Z16")
	} else {
		a.p("VMOVDQU32 (R11), Z16")
	}
	for i := range rows {
		a.p("VPDPWSSD.BCST %s, Z16, Z%d", row(i), i)
	}
	a.nextPair(rows, 4*width, fmt.Sprintf("pair%d", rows))
	for i := range rows {
		a.p("VCVTDQ2PS Z%d, Z%d\n\tVMULPS.BCST %d(AX), Z%d, Z%d\n\tVMULPS (BX), Z%d, Z%d\n\tVADDPS (DX), Z%d, Z%d\n\tVMOVUPS Z%d, (R13)",
			i, i, 4*i, i, i, i, i, i, i, i)
		if i+1 < rows {
			a.p("ADDQ SI, R13")
		}
	}
	a.nextBlock(fmt.Sprintf("block%d", rows))
}

// exp writes e to the power of x in y; x, k, t and r are lost.
func (a *asm) exp(x, y, k, t, r string) {
	a.p("VMAXPS %s, %s, %s", constant("lowest"), x, x)
	a.p("VMULPS %s, %s, %s\n\tVADDPS %s, %s, %s", constant("log2e"), x, k, constant("magic"), k, k)
	a.p("VSUBPS %s, %s, %s", constant("magic"), k, y)
	a.p("VPSUBD %s, %s, %s\n\tVPADDD %s, %s, %s\n\tVPSLLD $23, %s, %s", constant("magicBits"), k, k, constant("bias"), k, k, k, k)
	a.p("VMULPS %s, %s, %s\n\tVSUBPS %s, %s, %s", constant("ln2High"), y, t, t, x, r)
	a.p("VMULPS %s, %s, %s\n\tVSUBPS %s, %s, %s", constant("ln2Low"), y, t, t, r, r)
	a.p("VMULPS %s, %s, %s\n\tVADDPS %s, %s, %s", constant("exp0"), r, y, constant("exp1"), y, y)
	for _, e := range []string{"exp2", "exp3", "exp4", "exp5"} {
		a.p("VMULPS %s, %s, %s\n\tVADDPS %s, %s, %s", r, y, y, constant(e), y, y)
	}
	a.p("VMULPS %s, %s, %s\n\tVMULPS %s, %s, %s\n\tVADDPS %s, %s, %s\n\tVADDPS %s, %s, %s", r, r, t, t, y, y, r, y, y, constant("one"), y, y)
	a.p("VMULPS %s, %s, %s", k, y, y)
}

// fold brings the eight numbers of a register to its first by op: the upper half
// onto the lower, and so on; t is lost.
func (a *asm) fold(op string, n, t int) {
	a.p("VEXTRACTF128 $1, Y%d, X%d\n\tV%sPS X%d, X%d, X%d", n, t, op, t, n, n)
	a.p("VMOVHLPS X%d, X%d, X%d\n\tV%sPS X%d, X%d, X%d", n, n, t, op, t, n, n)
	a.p("VMOVSHDUP X%d, X%d\n\tV%sSS X%d, X%d, X%d", n, t, op, t, n, n)
}

// narrow writes the eight numbers of Y0, rounded, as int16 at DI.
func (a *asm) narrow() {
	a.p("VCVTPS2DQ Y0, Y0\n\tVEXTRACTI128 $1, Y0, X1\n\tVPACKSSDW X1, X0, X0\n\tVMOVDQU X0, (DI)\n\tADDQ $16, DI")
}

// end goes round a loop over eights once more, or returns.
func (a *asm) end(label string) { a.p("DECQ CX\n\tJNZ %s\n\tVZEROUPPER\n\tRET", label) }

func (a *asm) quant() {
	a.text("quantAVX2", "dst *int16, x *float32, n int, top float32) (scale float32", 36)
	a.p("MOVQ dst+0(FP), DI\n\tMOVQ x+8(FP), SI\n\tMOVQ n+16(FP), CX\n\tSHRQ $3, CX\n\tMOVQ SI, DX\n\tMOVQ CX, BX\n\tVMOVUPS %s, Y1\n\tVXORPS Y0, Y0, Y0", constant("size"))
	a.label("most")
	a.p("VANDPS (DX), Y1, Y2\n\tVMAXPS Y2, Y0, Y0\n\tADDQ $32, DX\n\tDECQ BX\n\tJNZ most")
	a.fold("MAX", 0, 2)
	a.p("VXORPS X2, X2, X2\n\tVUCOMISS X2, X0\n\tJNE some\n\tVMOVSS %s, X0", constant("one"))
	a.label("some")
	a.p("VMOVSS top+24(FP), X2\n\tVDIVSS X0, X2, X3\n\tVDIVSS X2, X0, X4\n\tVMOVSS X4, scale+32(FP)\n\tVBROADCASTSS X3, Y3")
	a.label("next")
	a.p("VMULPS (SI), Y3, Y0")
	a.narrow()
	a.p("ADDQ $32, SI")
	a.end("next")
}

func (a *asm) gelu() {
	a.text("geluAVX2", "x *float32, n int", 16)
	a.p("MOVQ x+0(FP), SI\n\tMOVQ n+8(FP), CX\n\tSHRQ $3, CX")
	a.label("next")
	a.p("VMOVUPS (SI), Y0\n\tVANDPS %s, Y0, Y1\n\tVMULPS %s, Y1, Y1", constant("size"), constant("halfRoot"))
	a.p("VMULPS %s, Y1, Y2\n\tVADDPS %s, Y2, Y2\n\tVMOVUPS %s, Y3\n\tVDIVPS Y2, Y3, Y2", constant("erfP"), constant("one"), constant("one"))
	a.p("VMULPS Y1, Y1, Y1\n\tVXORPS %s, Y1, Y1", constant("sign"))
	a.exp("Y1", "Y4", "Y5", "Y6", "Y7")
	a.p("VMULPS %s, Y2, Y3\n\tVADDPS %s, Y3, Y3", constant("erf5"), constant("erf4"))
	for _, e := range []string{"erf3", "erf2", "erf1"} {
		a.p("VMULPS Y2, Y3, Y3\n\tVADDPS %s, Y3, Y3", constant(e))
	}
	a.p("VMULPS Y2, Y3, Y3\n\tVMULPS Y4, Y3, Y3\n\tVMULPS %s, Y3, Y3\n\tVMOVUPS %s, Y4\n\tVSUBPS Y3, Y4, Y4", constant("half"), constant("one"))
	a.p("VBLENDVPS Y0, Y3, Y4, Y3\n\tVMULPS Y3, Y0, Y0\n\tVMOVUPS Y0, (SI)\n\tADDQ $32, SI")
	a.end("next")
}

func (a *asm) softmax() {
	a.text("softmaxAVX2", "dst *int16, x *float32, n int", 24)
	a.p("MOVQ dst+0(FP), DI\n\tMOVQ x+8(FP), SI\n\tMOVQ n+16(FP), CX\n\tSHRQ $3, CX\n\tMOVQ SI, DX\n\tMOVQ CX, BX\n\tVMOVUPS (SI), Y0")
	a.label("most")
	a.p("VMAXPS (DX), Y0, Y0\n\tADDQ $32, DX\n\tDECQ BX\n\tJNZ most")
	a.fold("MAX", 0, 1)
	a.p("VBROADCASTSS X0, Y8\n\tVXORPS Y9, Y9, Y9\n\tMOVQ SI, DX\n\tMOVQ CX, BX")
	a.label("power")
	a.p("VMOVUPS (DX), Y1\n\tVSUBPS Y8, Y1, Y1")
	a.exp("Y1", "Y4", "Y5", "Y6", "Y7")
	a.p("VADDPS Y4, Y9, Y9\n\tVMOVUPS Y4, (DX)\n\tADDQ $32, DX\n\tDECQ BX\n\tJNZ power")
	a.fold("ADD", 9, 1)
	a.p("VMOVSS %s, X0\n\tVDIVSS X9, X0, X0\n\tVBROADCASTSS X0, Y3", constant("shares"))
	a.label("next")
	a.p("VMULPS (SI), Y3, Y0")
	a.narrow()
	a.p("ADDQ $32, SI")
	a.end("next")
}

func (a *asm) addNorm() {
	a.text("addNormAVX2", "x, y, gain, bias *float32, n int", 40)
	a.p(strings.Join([]string{"MOVQ x+0(FP), DI", "MOVQ y+8(FP), SI", "MOVQ gain+16(FP), R8", "MOVQ bias+24(FP), R9", "MOVQ n+32(FP), CX",
		"VCVTSI2SSQ CX, X8, X8", "SHRQ $3, CX", "MOVQ DI, DX", "MOVQ CX, BX", "VXORPS Y9, Y9, Y9"}, "\n\t"))
	a.label("add")
	a.p("VMOVUPS (DX), Y0\n\tVADDPS (SI), Y0, Y0\n\tVMOVUPS Y0, (DX)\n\tVADDPS Y0, Y9, Y9\n\tADDQ $32, DX\n\tADDQ $32, SI\n\tDECQ BX\n\tJNZ add")
	a.fold("ADD", 9, 1)
	a.p("VDIVSS X8, X9, X9\n\tVBROADCASTSS X9, Y7\n\tVXORPS Y9, Y9, Y9\n\tMOVQ DI, DX\n\tMOVQ CX, BX")
	a.label("square")
	a.p("VMOVUPS (DX), Y0\n\tVSUBPS Y7, Y0, Y0\n\tVMOVUPS Y0, (DX)\n\tVMULPS Y0, Y0, Y0\n\tVADDPS Y0, Y9, Y9\n\tADDQ $32, DX\n\tDECQ BX\n\tJNZ square")
	a.fold("ADD", 9, 1)
	a.p("VDIVSS X8, X9, X9\n\tVADDSS %s, X9, X9\n\tVSQRTSS X9, X9, X9\n\tVMOVSS %s, X0\n\tVDIVSS X9, X0, X0\n\tVBROADCASTSS X0, Y7", constant("epsilon"), constant("one"))
	a.label("next")
	a.p("VMULPS (DI), Y7, Y0\n\tVMULPS (R8), Y0, Y0\n\tVADDPS (R9), Y0, Y0\n\tVMOVUPS Y0, (DI)\n\tADDQ $32, DI\n\tADDQ $32, R8\n\tADDQ $32, R9")
	a.end("next")
}
