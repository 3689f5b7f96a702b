/** A one-page PDF of plain lines of text: enough for a client that stores or mails what Xero prints. */

const LINES_MAX = 60;

/** The bytes of a PDF 1.4 file that shows the lines on an A4 page. */
export function pdfOf(lines: readonly string[]): Buffer {
  const shown = lines.slice(0, LINES_MAX).map((line) => `(${escaped(line)}) Tj T*`);
  const content = `BT /F1 10 Tf 12 TL 50 790 Td ${shown.join(" ")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** Text for a PDF string; characters beyond Latin-1 become question marks. */
function escaped(line: string): string {
  return line.replace(/[^\u0020-\u00ff]/g, "?").replace(/[\\()]/g, "\\$&");
}
