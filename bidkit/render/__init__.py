"""What a build prints: the Word bid, the buyer's pricing sheet, the bidder's cost workbook, the findings report."""
