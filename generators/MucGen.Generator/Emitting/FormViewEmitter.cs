using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits the view of a form: typed accessors, and the check that names the first field that is wrong.</summary>
internal static class FormViewEmitter
{
    public static void Emit(SourceWriter writer, FormModel form)
    {
        writer.Line($"/// <summary>A form of {CSharp.Doc(form.FormType)}. {CSharp.Doc(form.Documentation)}</summary>");
        writer.Line("/// <remarks>A field that the form leaves out is absent, or null; so can be told what was submitted and what was not.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Block($"public readonly ref partial struct {form.TypeName}View"))
        {
            writer.Line("/// <summary>The FORM_TYPE.</summary>");
            writer.Line($"public const string Name = {CSharp.Literal(form.FormType)};");
            writer.Line();
            writer.Line($"private {form.TypeName}View(DataFormView form) => Form = form;");
            writer.Line();
            writer.Line("/// <summary>The form itself.</summary>");
            writer.Line("public DataFormView Form { get; }");
            writer.Line();
            writer.Line("/// <summary>Whether there is such a form.</summary>");
            writer.Line("public bool IsPresent => Form.IsPresent;");
            foreach (var field in form.Fields)
                EmitAccessor(writer, field);
            EmitMatches(writer, form);
            EmitTryRead(writer, form);
            foreach (var field in form.Fields.Where(HasClosedOptions))
                EmitOptions(writer, field);
        }
        writer.Line();
    }

    private static void EmitAccessor(SourceWriter writer, FormFieldModel field)
    {
        var names = field.Alias is null ? CSharp.Utf8(field.Variable) : $"{CSharp.Utf8(field.Variable)}, {CSharp.Utf8(field.Alias)}";
        var find = $"FormFields.Find(Form, {names})";
        writer.Line();
        if (field.None is not null)
        {
            writer.Line($"/// <summary>Whether '{CSharp.Doc(field.Variable)}' has a value; <see cref=\"{field.Name}\"/> is null for '{CSharp.Doc(field.None)}'.</summary>");
            writer.Line($"public bool Has{field.Name} => FormFields.HasValue({find});");
            writer.Line();
        }
        writer.Line($"/// <summary>{CSharp.Doc(field.Label)} ('{CSharp.Doc(field.Variable)}').</summary>");
        writer.Line(field.Kind switch
        {
            FormValueKind.Boolean => $"public bool? {field.Name} => FormFields.Boolean({find});",
            FormValueKind.Number => $"public int? {field.Name} => FormFields.Number({find});",
            FormValueKind.Jid => $"public JidText {field.Name} => FormFields.Jid({find});",
            FormValueKind.Jids => $"public JidTextList {field.Name} => new({find});",
            FormValueKind.Texts or FormValueKind.Choices => $"public FormTextList {field.Name} => new({find});",
            FormValueKind.Choice => $"public {field.EnumType}? {field.Name} => {Shapes.NamesOf(field.EnumType!)}.TryParse({find}.Values.First, out var value) ? value : null;",
            _ => $"public XmlText {field.Name} => FormFields.Text({find});",
        });
    }

    private static void EmitMatches(SourceWriter writer, FormModel form)
    {
        writer.Line();
        writer.Line("/// <summary>Whether the form says that it is of this type.</summary>");
        writer.Line($"public static bool Matches(DataFormView form) => FormFields.HasType(form, {CSharp.Utf8(form.FormType)});");
    }

    private static void EmitTryRead(SourceWriter writer, FormModel form)
    {
        writer.Line();
        writer.Line("/// <summary>Reads and checks every field of the form's definition; others are let through. A form that does not say its type is taken for this one.</summary>");
        writer.Line("/// <param name=\"form\">The form.</param>");
        writer.Line("/// <param name=\"view\">The view; absent when the result is false.</param>");
        writer.Line("/// <param name=\"error\">The first field that is wrong; meaningless when the result is true.</param>");
        using (writer.Block($"public static bool TryRead(DataFormView form, out {form.TypeName}View view, out FormError error)"))
        {
            writer.Line("view = default;");
            writer.Line($"if (!FormFields.CheckType(form, {CSharp.Utf8(form.FormType)}, out error))");
            using (writer.Indent())
                writer.Line("return false;");
            writer.Line("var seen = 0UL;");
            using (writer.Block("foreach (var field in form.Fields)"))
            {
                writer.Line("if (!Check(field, ref seen, out error))");
                using (writer.Indent())
                    writer.Line("return false;");
            }
            writer.Line($"view = new {form.TypeName}View(form);");
            writer.Line("return true;");
        }
        writer.Line();
        using (writer.Block("private static bool Check(DataFormFieldView field, ref ulong seen, out FormError error)"))
        {
            writer.Line("var name = field.Var;");
            for (var i = 0; i < form.Fields.Count; i++)
                EmitCheck(writer, form, form.Fields[i], i);
            writer.Line("error = default;");
            writer.Line("return true;");
        }
    }

    private static void EmitCheck(SourceWriter writer, FormModel form, FormFieldModel field, int index)
    {
        var variable = $"{form.TypeName}Fields.{field.Name}";
        var also = field.Alias is null ? "" : $" || name.Equals({CSharp.Utf8(field.Alias)})";
        writer.Line($"if (name.Equals({CSharp.Utf8(field.Variable)}){also})");
        using (writer.Indent())
            writer.Line($"return FormFields.CheckOnce(ref seen, {index}, {variable}, out error) && {Check(field, variable)};");
    }

    private static string Check(FormFieldModel field, string variable)
    {
        var closed = HasClosedOptions(field) ? $"Check{field.Name}(field, out error)" : null;
        return field.Kind switch
        {
            FormValueKind.Boolean => $"FormFields.CheckBoolean(field, {variable}, out error)",
            FormValueKind.Number when field.None is not null =>
                $"(field.Values.First.Trimmed.Equals({CSharp.Utf8(field.None)}) || FormFields.CheckNumber(field, {variable}, out error))",
            FormValueKind.Number when field.Least is not null => $"FormFields.CheckNumber(field, {variable}, out error, {field.Least})",
            FormValueKind.Number => $"FormFields.CheckNumber(field, {variable}, out error)",
            FormValueKind.Nick => $"FormFields.CheckNick(field, {variable}, out error)",
            FormValueKind.Language => $"FormFields.CheckLanguage(field, {variable}, out error)",
            FormValueKind.Jid => $"FormFields.CheckJid(field, {variable}, out error)",
            FormValueKind.Jids => $"FormFields.CheckJids(field, {variable}, out error)",
            FormValueKind.Choices => closed ?? "true",
            FormValueKind.Texts => "true",
            _ => $"FormFields.CheckText(field, {variable}, out error)" + (closed is null ? "" : " && " + closed),
        };
    }

    private static bool HasClosedOptions(FormFieldModel field) =>
        !field.IsOpen && field.Kind is FormValueKind.Text or FormValueKind.Choice or FormValueKind.Choices && !field.Options.IsEmpty && !field.IsOpen;

    private static void EmitOptions(SourceWriter writer, FormFieldModel field)
    {
        writer.Line();
        using (writer.Block($"private static bool Check{field.Name}(DataFormFieldView field, out FormError error)"))
        {
            using (writer.Block("foreach (var value in field.Values)"))
            {
                var options = field.Options.Select(option => $"value.Equals({CSharp.Utf8(option.Value)})");
                writer.Line($"if (!(value.IsEmpty || {string.Join(" || ", options)}))");
                using (writer.Indent())
                    writer.Line($"return FormFields.IsBad({CSharp.Literal(field.Variable)}, out error);");
            }
            writer.Line("error = default;");
            writer.Line("return true;");
        }
    }
}
