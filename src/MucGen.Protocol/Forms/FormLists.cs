using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>The texts of a field with several values, in the order of the form.</summary>
/// <param name="formField">The field; may be absent.</param>
public readonly ref struct FormTextList(DataFormFieldView formField)
{
    private readonly DataFormFieldView formField = formField;

    /// <summary>Whether the form has the field, be it without a value.</summary>
    public bool IsPresent => formField.IsPresent;

    /// <summary>How many values there are; counted at every call.</summary>
    public int Count => formField.Values.Count;

    /// <summary>Starts before the first value.</summary>
    public TextList.Enumerator GetEnumerator() => formField.Values.GetEnumerator();

    /// <summary>The values, decoded. Allocates.</summary>
    public string[] ToArray() => formField.Values.ToArray();
}

/// <summary>The addresses of a field with several of them, in the order of the form; empty lines are left out.</summary>
/// <param name="formField">The field; may be absent.</param>
public readonly ref struct JidTextList(DataFormFieldView formField)
{
    private readonly DataFormFieldView formField = formField;

    /// <summary>Whether the form has the field, be it without a value.</summary>
    public bool IsPresent => formField.IsPresent;

    /// <summary>How many addresses there are; counted at every call.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this)
                count++;
            return count;
        }
    }

    /// <summary>Starts before the first address.</summary>
    public Enumerator GetEnumerator() => new(formField.Values.GetEnumerator());

    /// <summary>Walks the addresses.</summary>
    public ref struct Enumerator
    {
        private TextList.Enumerator texts;

        internal Enumerator(TextList.Enumerator texts) => this.texts = texts;

        /// <summary>The address reached.</summary>
        public readonly JidText Current => new(texts.Current);

        /// <summary>Goes to the next address.</summary>
        public bool MoveNext()
        {
            while (texts.MoveNext())
            {
                if (!texts.Current.IsEmpty)
                    return true;
            }
            return false;
        }
    }
}
