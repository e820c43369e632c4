/** The address with a parameter of its query set. */
export function pageOfAddress(address: string, parameter: string, value: string): string {
  const url = new URL(address);
  url.searchParams.set(parameter, value);
  return url.href;
}
