package dev.waggle.store.storage;

final class GroupRowCodec extends RowCodec<GroupRow> {
    GroupRowCodec() {
        super("group row");
    }

    @Override
    void write(GroupRow row, RowWriter writer) {
        MembersForm.writeName(row.name(), writer);
        MembersForm.writeMembers(row.members(), writer);
    }

    @Override
    GroupRow read(RowReader reader) {
        return new GroupRow(MembersForm.readName(reader), MembersForm.readMembers(reader));
    }
}
