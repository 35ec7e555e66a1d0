//go:build (!amd64 && !arm64) || purego

package vectors

const hasKernel = false

func dotKernel(_, _ *int8, _ int) int32 { panic("no kernel") } // unreachable: see hasKernel
