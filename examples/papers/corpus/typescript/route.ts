type Handler = (parameters: Record<string, string>) => string;

export class Router {
  private readonly routes: { parts: string[]; handler: Handler }[] = [];

  add(path: string, handler: Handler): void {
    this.routes.push({ parts: path.split("/"), handler });
  }

  handle(path: string): string | undefined {
    const given = path.split("/");
    for (const { parts, handler } of this.routes) {
      const parameters: Record<string, string> = {};
      const fits =
        parts.length === given.length &&
        parts.every((part, i) => {
          if (part.startsWith(":")) {
            parameters[part.slice(1)] = given[i];
            return true;
          }
          return part === given[i];
        });
      if (fits) {
        return handler(parameters);
      }
    }
    return undefined;
  }
}
