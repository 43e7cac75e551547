"""The 依申请公开台账, one row per application: made, read, checked and counted into tables 三 and 四."""
