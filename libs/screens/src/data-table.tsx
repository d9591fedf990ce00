import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@utrecht/component-library-react';
import type { ReactNode } from 'react';

interface DataTableProps {
  /** What the table is of; only heard, since a heading stands above it. */
  caption: string;
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/**
 * Rows of the same kind. On a narrow screen every row is a card of its own, with the names of the columns before the values; the roles keep it a
 * table for who hears it. What is still too wide scrolls in its frame, also by keyboard.
 */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    <div className="screens-table" role="group" aria-label={caption} tabIndex={0}>
      <Table role="table">
        <TableCaption className="screens-hidden">{caption}</TableCaption>
        <TableHeader role="rowgroup">
          <TableRow role="row">
            {columns.map((column) => (
              <TableHeaderCell key={column} scope="col" role="columnheader">
                {column}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody role="rowgroup">
          {rows.map(({ key, cells }) => (
            <TableRow key={key} role="row">
              {cells.map((cell, at) => (
                <TableCell key={columns[at]} role="cell" data-column={columns[at]}>
                  {cell}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
