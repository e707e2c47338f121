// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/png"
	"math"
)

// png is the dots as a 1-bit picture that opens at its true size.
func (l *Label) png() ([]byte, error) {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, l.dots.image()); err != nil {
		return nil, err
	}
	const head = 8 + 12 + 13 // signature and IHDR, which always comes first
	out := append([]byte{}, b.Bytes()[:head]...)
	out = append(out, physical(l.drawing.res)...)
	return append(out, b.Bytes()[head:]...), nil
}

// physical is the pHYs chunk: dots per metre each way (PNG §11.3.4.3).
func physical(r resolution) []byte {
	perMetre := uint32(math.Round(float64(r) * 1000))
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}
