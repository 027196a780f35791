export function debounce<A extends unknown[]>(
  call: (...args: A) => void,
  milliseconds: number,
): (...args: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args: A) => {
    if (timer !== undefined) {
      clearTimeout(timer);
    }
    timer = setTimeout(() => call(...args), milliseconds);
  };
}
