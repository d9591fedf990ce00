import ts from 'typescript';

/** A rule's text with one thing in it turned into its opposite. */
export interface Inversion {
  line: number;
  /** `a < b` became `a >= b`. */
  what: string;
  text: string;
}

const OPPOSITE = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.LessThanToken, '>='],
  [ts.SyntaxKind.LessThanEqualsToken, '>'],
  [ts.SyntaxKind.GreaterThanToken, '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '<'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
]);

/** Everything in a rule that can be turned into its opposite, one at a time: comparisons, and/or, negations, choices, numbers. */
export function inversionsOf(text: string): Inversion[] {
  const source = ts.createSourceFile('rule.ts', text, ts.ScriptTarget.Latest, true);
  const found: Inversion[] = [];
  const add = (node: ts.Node, replacement: string) => {
    const [start, end] = [node.getStart(), node.getEnd()];
    found.push({
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      what: `${inOneLine(node.getText())} → ${inOneLine(replacement)}`,
      text: text.slice(0, start) + replacement + text.slice(end),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const opposite = OPPOSITE.get(node.operatorToken.kind);
      if (opposite) add(node, `(${node.left.getText()}) ${opposite} (${node.right.getText()})`);
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      add(node, `(${node.operand.getText()})`);
    } else if (ts.isConditionalExpression(node)) {
      const { condition, whenTrue, whenFalse } = node;
      add(node, `(${condition.getText()}) ? (${whenFalse.getText()}) : (${whenTrue.getText()})`);
    } else if (ts.isIfStatement(node)) {
      add(node.expression, `!(${node.expression.getText()})`);
    } else if (ts.isNumericLiteral(node) && ts.isVariableDeclaration(node.parent)) {
      add(node, `(${node.getText()} + 1)`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');
