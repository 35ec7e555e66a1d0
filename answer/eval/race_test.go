//go:build race

package eval

func init() { raceDetector = true }
