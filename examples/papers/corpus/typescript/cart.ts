export interface Line {
  article: string;
  pieces: number;
  cents: number;
}

export function total(lines: Line[], discount = 0): number {
  const sum = lines.reduce((before, line) => before + line.pieces * line.cents, 0);
  return Math.round(sum * (1 - discount));
}

export function without(lines: Line[], article: string): Line[] {
  return lines.filter((line) => line.article !== article);
}

export function merged(lines: Line[]): Line[] {
  const byArticle = new Map<string, Line>();
  for (const line of lines) {
    const known = byArticle.get(line.article);
    byArticle.set(line.article, known ? { ...known, pieces: known.pieces + line.pieces } : line);
  }
  return [...byArticle.values()];
}
