using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>The C# that takes a field's value to an open form, and from a submitted one.</summary>
internal static class FormValues
{
    /// <summary>A statement that writes the field into <c>form</c>.</summary>
    public static string Write(FieldModel field) => field.Kind == FieldKind.Choices
        ? $"form.{field.Member}({ChoiceEmitter.NameMethod(field)}({field.Property}));"
        : $"form.{field.Member}({field.Property});";

    /// <summary>The value after the submission <c>view</c>: the submitted one, or the one in force when the field was left out.</summary>
    public static string Read(FieldModel field) => field.Kind switch
    {
        FieldKind.Text => $"view.{field.Member}.IsPresent ? view.{field.Member}.ToString() : {field.Property}",
        FieldKind.OptionalNumber => $"view.Has{field.Member} ? view.{field.Member} : {field.Property}",
        FieldKind.Choices => $"view.{field.Member}.IsPresent ? {ChoiceEmitter.ReadMethod(field)}(view.{field.Member}.ToArray(), {field.Property}) : {field.Property}",
        _ => $"view.{field.Member} ?? {field.Property}",
    };
}
