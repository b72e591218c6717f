using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>A form of type result that is a table (XEP-0004 3.4): its head, then its rows, and nothing beside them.</summary>
public static class FormTable
{
    /// <summary>Starts a table with its head; each row is an item with a cell for each column.</summary>
    public static DataFormWriter Start(ref XmppWriter writer, params ReadOnlySpan<(string Var, string Label, FormFieldType Type)> columns)
    {
        var table = DataFormWriter.Start(ref writer, FormType.Result);
        var head = table.StartReported();
        foreach (var (name, label, type) in columns)
            head.StartField(label: label, type: type, var: name).End();
        head.End();
        return table;
    }

    /// <summary>Writes a cell; one without a value is there all the same.</summary>
    public static void Cell(ref this DataFormItemWriter row, string name, scoped XmlText value)
    {
        var field = row.StartField(var: name);
        field.Value(value.IsPresent ? value : "");
        field.End();
    }
}
