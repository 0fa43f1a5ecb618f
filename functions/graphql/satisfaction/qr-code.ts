import { create } from 'qrcode';

/** Modules of white around a code, which readers need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A QR code as one path, `size` modules wide with the quiet zone; a quarter of it may be hidden or dirty. */
export function qrPath(content: string): { readonly size: number; readonly path: string } {
  const { modules } = create(content, { errorCorrectionLevel: 'Q' });
  const parts: string[] = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (!modules.get(y, x)) continue;
      let run = 1;
      while (x + run < modules.size && modules.get(y, x + run)) run += 1;
      parts.push(`M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${run}v1h-${run}z`);
      x += run;
    }
  }
  return { size: modules.size + 2 * QUIET_ZONE, path: parts.join('') };
}

/** One QR code as an image of its own. */
export const qrSvg = (content: string): string => {
  const { size, path } = qrPath(content);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
};
